import { expect, test } from 'vitest';
import { parseDuration, wishesSkip, wishesWait } from '../../../shared/lifecycle/pod-wishes.ts';
import { aPod } from './builders.ts';

test.each([
  ['1h30m', 5_400_000],
  ['45s', 45_000],
  ['1.5h', 5_400_000],
  ['1.25h', 4_500_000],
  ['1m500ms', 60_500],
  ['0s', 0],
  ['30', undefined],
  ['true', undefined],
  ['1h 30m', undefined],
  ['-1h', undefined],
  ['1d', undefined],
  ['', undefined],
])('the Go duration %j is %s ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test('an annotation has the last word over a label of the same key', () => {
  const key = 'eks-node-lifecycle.io/drain';
  const pod = aPod({ annotations: { [key]: 'wait' }, labels: { [key]: 'skip' } });
  expect(wishesSkip(pod)).toBeUndefined();
  expect(wishesWait(pod)).toBeDefined();
});

test('an unknown value of the drain key asks for nothing', () => {
  const pod = aPod({ annotations: { 'eks-node-lifecycle.io/drain': 'please' } });
  expect(wishesSkip(pod) ?? wishesWait(pod)).toBeUndefined();
});
