import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addDrainOptions, type DrainOptions, manualOptionsOf } from '../../../cli/drain/drain-options.ts';
import { readDuration } from '../../../cli/drain/read-duration.ts';
import { targetOf } from '../../../cli/drain/target-options.ts';

test.each([
  ['0', 0],
  ['0s', 1],
  ['90s', 90],
  ['5m', 300],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['1500ms', 2],
])('the duration %s is %d seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds);
});

test.each(['', '300', '5 m', '-5m', '5x', '9000h'])("'%s' is no duration", (text) => {
  expect(() => readDuration(text)).toThrow(/0 is no limit$/);
});

const parsed = (...args: string[]) =>
  manualOptionsOf(
    addDrainOptions(new Command('drain').exitOverride()).parse(args, { from: 'user' }).opts<DrainOptions>(),
  );

test('nothing that was not asked for is bypassed or lost', () => {
  expect(parsed()).toEqual({ timeoutSeconds: 0, onDeadline: 'stop' });
});

test('options mean what they mean in kubectl', () => {
  const args = ['--force', '--delete-emptydir-data', '--disable-eviction', '--ignore-daemonsets'];
  expect(parsed(...args, '--grace-period', '0', '--timeout', '5m', '--on-deadline', 'force')).toEqual({
    force: true,
    deleteEmptyDirData: true,
    disableEviction: true,
    gracePeriodSeconds: 0,
    timeoutSeconds: 300,
    onDeadline: 'force',
  });
  expect(parsed('--grace-period', '-1')).not.toHaveProperty('gracePeriodSeconds');
});

test('nodes are named in one way', () => {
  expect(targetOf([], {})).toBeUndefined();
  expect(targetOf(['a', 'b'], {})).toEqual({ nodes: ['a', 'b'] });
  expect(() => targetOf(['a'], { selector: 'x=y' })).toThrow('the nodes are named in two ways');
});

test('pods are selected as kubectl selects them, and what is no selector is refused', () => {
  expect(parsed('--pod-selector', 'app in (web, api),!legacy').podSelector).toEqual({
    matchLabels: {},
    matchExpressions: [
      { key: 'app', operator: 'In', values: ['web', 'api'] },
      { key: 'legacy', operator: 'DoesNotExist', values: [] },
    ],
  });
  expect(() => parsed('--pod-selector', 'a in b')).toThrow('not a label selector: a in b');
});
