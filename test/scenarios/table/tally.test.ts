import { describe, expect, it } from 'vitest';
import { renderTable } from './render-table.ts';
import type { TestRecord } from './reporter.ts';
import { adapted, scenario } from './scenario.ts';
import { columnOf, scenariosInTitle } from './scenarios-in-title.ts';
import { missingIn, tally } from './tally.ts';

describe('a title', () => {
  it.each([
    ['T41: 429 without Retry-After', ['T41']],
    ['T40 evicts a pod', ['T40']],
    ['T45 T46: a finished pod', ['T45', 'T46']],
    ['T45, T46, T103: several', ['T45', 'T46', 'T103']],
    ['a pod that is evicted (T40)', []],
    ['Terminating pods, T48', []],
    ['T4: too short', []],
  ])('%s shows %j', (title, expected) => {
    expect(scenariosInTitle(title)).toEqual(expected);
  });

  it.each([
    [['a real API server', 'deleting a pod'], 'real'],
    [['tiers: a real control plane'], 'real'],
    [['the model over HTTPS'], 'sandbox'],
    [['tiers: the sandbox'], 'sandbox'],
    [["the sandbox's cluster", 'evictions'], 'sandbox'],
    [['the adapter'], undefined],
    [[], undefined],
  ] as const)('in %j counts as %s', (ancestors, column) => {
    expect(columnOf(ancestors)).toBe(column);
  });
});

const catalogue = [scenario('T01', 'One.'), adapted('T02', 'Two.'), scenario('T03', 'Three.')];
const ran = (title: string, target: string, rest: Partial<TestRecord> = {}): TestRecord => ({
  file: 'test/contract/a.test.ts',
  ancestors: [target, 'more'],
  title,
  state: 'passed',
  ...rest,
});
const tests = [
  ran('T01: is so', 'the sandbox'),
  ran('T01 T02: are so', 'a real API server', { file: 'test/scenarios/b.test.ts' }),
  ran('T01: again', 'a real API server'),
  ran('T02: is not so', 'the sandbox', { state: 'failed' }),
  ran('T02: stands elsewhere', 'the adapter'),
  ran('something else', 'the sandbox'),
];

describe('the table', () => {
  it('counts the tests that passed on either side, in the order of the catalogue', () => {
    expect(tally(catalogue, tests)).toMatchObject([
      { files: ['test/contract/a.test.ts', 'test/scenarios/b.test.ts'], passed: { sandbox: 1, real: 2 } },
      { files: ['test/scenarios/b.test.ts'], passed: { sandbox: 0, real: 1 } },
      { files: [], passed: { sandbox: 0, real: 0 } },
    ]);
  });

  it('refuses a number that no scenario has', () => {
    expect(() => tally(catalogue, [ran('T99: is new', 'the sandbox')])).toThrow(
      "test/contract/a.test.ts: 'T99: is new': there is no scenario T99",
    );
  });

  it('names what is missing', () => {
    expect(missingIn(tally(catalogue, tests))).toEqual([
      'T02 has no passing test in the sandbox',
      'T03 has no passing test in the sandbox',
      'T03 has no passing test on a real API server',
    ]);
  });

  it('is the same text for the same results, whatever their order, with one row a scenario', () => {
    const text = renderTable(tally(catalogue, tests), ['v1.36.3', 'v1.36.3']);
    expect(renderTable(tally(catalogue, tests.toReversed()), ['v1.36.3'])).toBe(text);
    expect(text).toContain('(Kubernetes v1.36.3)');
    expect(text.split('\n').filter((line) => line.startsWith('| T'))).toEqual([
      '| T01 | One. | [a](../test/contract/a.test.ts), [b](../test/scenarios/b.test.ts) | ✓ 1 | ✓ 2 |',
      '| T02 | Two. *Adapted.* | [b](../test/scenarios/b.test.ts) | ✗ | ✓ 1 |',
      '| T03 | Three. |  | ✗ | ✗ |',
    ]);
    expect(renderTable([], ['v1.36.3', 'v1.34.0'])).toContain('(Kubernetes v1.34.0 and v1.36.3)');
  });
});
