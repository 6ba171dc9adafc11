import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../../shared/audit/render/markdown.ts';
import { resultFor } from '../builders.ts';
import { exampleReport } from '../example-report.ts';

test('what needs somebody stands by severity, with its command, and what is waived at the end', () => {
  const text = renderMarkdown(exampleReport());
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    ...['# subnet-audit: 123456789012, eu-west-1', '## Critical (1)', '## High (1)', '## Medium (1)'],
    ...['## Unknown (1)', '## Missing rights (1)', '## Waived (1)'],
  ]);
  expect(text).toContain(
    '- **FAIL** NET-05 `subnet/subnet-1` in `demo`: no controller finds it ([docs](<https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html>))\n\n  ```sh\n  aws ec2 create-tags',
  );
  expect(text).toContain('Waived by net-team until 2026-12-31: until the move');
});

test('a report without findings says so', () => {
  expect(renderMarkdown(exampleReport({ results: [], denied: [] }))).toContain('No open findings.');
});

test.each([
  ['<img src=x>', '\\<img src=x\\>'],
  ['a|b', 'a\\|b'],
  ['[x](javascript:alert)', '\\[x\\](javascript:alert)'],
  ['`code` *b* _i_ ~s~', '\\`code\\` \\*b\\* \\_i\\_ \\~s\\~'],
  ['line\n# heading', 'line \\# heading'],
  ['https://x.test www.x.test', 'https\\://x.test www\\.x.test'],
])('the reason %j is text', (reason, written) => {
  expect(renderMarkdown(exampleReport({ results: [resultFor({ text: reason })] }))).toContain(`\`: ${written}\n`);
});

test('backticks do not end what they are in', () => {
  const remediation = { command: "aws x '```'" };
  const text = renderMarkdown(exampleReport({ results: [resultFor({ resource: 'a``b`', remediation })] }));
  expect(text).toContain('``` a``b` ```');
  expect(text).toContain("  ````sh\n  aws x '```'\n  ````");
});
