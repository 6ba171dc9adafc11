import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandLine, quote } from '../../../shared/lifecycle/shell-quote.ts';

it.each([
  'plain',
  '',
  'two words',
  "it's",
  '$(rm -rf /)',
  '`x`',
  '"',
  '\\',
  'a\nb',
  '*',
  '{{EC2PrivateDNSName}}',
  '~',
  '!1',
  ';',
  '--x',
])('a shell reads the word %j as it was', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s ${quote(word)}`]).toString()).toBe(word);
});

it('words that need no quotes get none', () => {
  expect(commandLine('aws', 'arn:aws:iam::1:role/a', '--x=1', 'a b')).toBe("aws arn:aws:iam::1:role/a --x=1 'a b'");
});
