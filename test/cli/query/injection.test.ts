import { Command } from 'commander';
import { expect, test } from 'vitest';
import { CommandError } from '../../../cli/command-error.ts';
import { askedQuery } from '../../../cli/query/asked-query.ts';
import { addParameterOptions, type ParameterName, parameterNames } from '../../../cli/query/parameter-options.ts';
import { catalogue } from '../../../shared/log-insights/catalogue.ts';

/** Each would end its string, its line or its command, or hide what it is. */
const attacks = [
  '"',
  'a" or 1 = 1 | fields @message',
  "a' or '1' = '1",
  'a`b`',
  'a\\',
  'a|limit 1',
  'a\n| limit 1',
  'a\r\nb',
  'a # the rest is a comment',
  'a/* */',
  '/.*/',
  '.*',
  '{{node}}',
  '$(reboot)',
  '; reboot',
  '<script>alert(1)</script>',
  '=1+1',
  'a\u0000b',
  'a\u001b[2J',
  'a\u202eb',
  'а',
  '',
  ' ',
  '-',
  'a'.repeat(600),
  '__proto__"',
];

const queries = catalogue.flatMap((query) =>
  query.parameters.map(({ name }) => ({ query, name: name as ParameterName })),
);
const required = { node: 'node-1' };

test.each(queries.map(({ query, name }) => [query.name, name] as const))(
  'query %s lets nothing through its %s but what it may be',
  (query, name) => {
    for (const attack of attacks) {
      const needs = query === 'drain-timeline' || query === 'pods-bound-to-node' ? required : {};
      const ask = () => askedQuery(query, { output: 'table', ...needs, [name]: attack });
      expect(ask, JSON.stringify(attack)).toThrow(CommandError);
      const said = messageOf(ask);
      expect(said).toContain(`${name} `);
      expect(said).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  },
);

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test('what is no attack is in the text as it is', () => {
  const { shown } = askedQuery('eviction-timeline', {
    output: 'table',
    namespace: 'shop',
    user: 'system:serviceaccount:kube-system:a.b',
  });
  expect(shown.text).toContain('objectRef.namespace = "shop"');
  expect(shown.text).toContain('user.username = "system:serviceaccount:kube-system:a.b"');
});

test('every parameter of every query has an option, and no other has', () => {
  expect([...parameterNames].sort()).toEqual([...new Set(queries.map(({ name }) => name))].sort());
  const options = addParameterOptions(new Command()).options.map(({ long }) => long);
  expect(options).toEqual(parameterNames.map((name) => `--${name}`));
});

test.each([
  [
    'a query that there is not',
    'evction-refused',
    {},
    'there is no query "evction-refused"',
    'Did you mean eviction-refused?',
  ],
  ['a name that hides something', 'a\u001b[2J', {}, String.raw`there is no query "a\u001b[2J"`, 'enl query list'],
  [
    'a parameter of another query',
    'cordon',
    { role: 'admin' },
    '"role" is no parameter of this query',
    '--node, --user',
  ],
  ['a parameter of a query without any', 'drain-summary', { pod: 'a' }, '"pod" is no parameter', 'has no parameters'],
  ['a parameter that is missing', 'drain-timeline', {}, 'node is missing', 'enl query show drain-timeline'],
  ['no query', undefined, {}, 'which query?', 'enl query list'],
  ['a query and a file of one', 'cordon', { queryFile: 'q.txt' }, '--query-file is a query of its own', '"cordon"'],
  [
    'a parameter of a file',
    undefined,
    { queryFile: 'q.txt', node: 'a' },
    '--node would not do anything',
    'Write the values',
  ],
  ['a file that is not there', undefined, { queryFile: '/nowhere/q.txt' }, 'there is no such file', ''],
])('%s is refused, and what to do is said', (_title, name, options, message, next) => {
  const ask = () => askedQuery(name, { output: 'table', ...options });
  expect(ask).toThrow(CommandError);
  expect(messageOf(ask)).toContain(message);
  expect(nextOf(ask) ?? '').toContain(next);
});

function nextOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as CommandError).next;
  }
  return undefined;
}
