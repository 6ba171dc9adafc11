import { expect, it } from 'vitest';
import { withCondition } from '../../../sandbox/cluster/conditions.ts';
import type { LabelSelector } from '../../../sandbox/cluster/objects.ts';
import { matchesSelector } from '../../../sandbox/cluster/selectors.ts';

const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

it.each<[string, LabelSelector | undefined, boolean]>([
  ['absent: nothing', undefined, false],
  ['empty: everything', {}, true],
  ['equal', { matchLabels: { app: 'web' } }, true],
  ['not equal', { matchLabels: { app: 'db' } }, false],
  ['one of two', { matchLabels: { app: 'web', tier: 'front' } }, false],
  ['In', expression('app', 'In', 'db', 'web'), true],
  ['not In', expression('app', 'In', 'db'), false],
  ['NotIn', expression('app', 'NotIn', 'web'), false],
  ['NotIn without the label', expression('tier', 'NotIn', 'front'), true],
  ['Exists', expression('app', 'Exists'), true],
  ['Exists without the label', expression('tier', 'Exists'), false],
  ['DoesNotExist', expression('app', 'DoesNotExist'), false],
  ['DoesNotExist without the label', expression('tier', 'DoesNotExist'), true],
])('a selector of an object matches app=web: %s', (_title, selector, expected) => {
  expect(matchesSelector(selector, { app: 'web' })).toBe(expected);
});

it('a condition keeps the time of its last transition until its status changes', () => {
  const ready = { type: 'Ready', status: 'True' } as const;
  const first = withCondition([], ready, 1_000);
  const same = withCondition(first, { ...ready, reason: 'Checked' }, 9_000);
  expect(same).toEqual([{ ...ready, reason: 'Checked', lastTransitionTime: '1970-01-01T00:00:01Z' }]);
  const changed = withCondition(same, { ...ready, status: 'False' }, 9_000);
  expect(changed).toEqual([{ type: 'Ready', status: 'False', lastTransitionTime: '1970-01-01T00:00:09Z' }]);
});
