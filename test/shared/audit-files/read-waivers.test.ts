import { expect, test } from 'vitest';
import { readWaivers, WaiversError } from '../../../shared/audit-files/read-waivers.ts';

const problemsOf = (text: string) => {
  try {
    readWaivers(text, 'w.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(WaiversError);
    return (error as WaiversError).problems.map((problem) => problem.trim());
  }
  return [];
};

test('all that is wrong with a file is said at once, each with its line', () => {
  const text = `waivers:
  - id: NET-5
    resource: ""
    expires: 2026-02-30
    owner: 3
    extra: 1
  - id: WAIVER-01
    resource: 'arn:aws:ec2:* subnet/*'
    reason: x
    owner: me
  - nothing
`;
  const id = 'expected the id of a check, such as NET-05 (what is said of waivers cannot be waived)';
  expect(problemsOf(text)).toEqual([
    `w.yaml:2: waivers[0].id: ${id}`,
    'w.yaml:3: waivers[0].resource: is empty',
    'w.yaml:2: waivers[0].reason: is missing',
    'w.yaml:5: waivers[0].owner: expected text',
    'w.yaml:4: waivers[0].expires: expected a date such as 2026-12-31',
    'w.yaml:6: waivers[0].extra: no waiver has this',
    `w.yaml:7: waivers[1].id: ${id}`,
    'w.yaml:8: waivers[1].resource: expected a pattern without spaces',
    'w.yaml:7: waivers[1].expires: is missing',
    'w.yaml:11: waivers[2]: expected keys and values',
  ]);
});

test.each([
  ['', ['w.yaml:1: waivers: is missing']],
  ['waivers:\n', ['w.yaml:1: waivers: expected a list']],
  ['- a\n', ['w.yaml:1: the file: expected keys and values']],
  ['# none\nwaivers: []\nignore: []\n', ['w.yaml:3: ignore: no waiver has this']],
  ['waivers: []\n', []],
])('of the text %j it says what is to be said', (text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test('what is no YAML is said with its line', () => {
  expect(problemsOf('waivers:\n  - id: [NET-05\n')).toEqual([expect.stringMatching(/^w\.yaml:\d: .*]/)]);
  expect(problemsOf('waivers: []\nwaivers: []\n')).toEqual([expect.stringMatching(/^w\.yaml:2: .*unique/)]);
});
