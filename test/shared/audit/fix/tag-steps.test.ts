import { expect, test } from 'vitest';
import { undoingOf } from '../../../../shared/audit/fix/fix-record.ts';
import { movedTags, stepsOf } from '../../../../shared/audit/fix/tag-steps.ts';

const key = 'kubernetes.io/role/elb';

test('one call sets one tag of many subnets, and what is added goes before what is taken away', () => {
  const changes = [
    { subnet: 'a', key, before: '1', after: null },
    { subnet: 'b', key, before: null, after: '1' },
    { subnet: 'c', key, before: 'true', after: '1' },
    { subnet: 'd', key, before: 'true', after: null },
  ];
  const steps = stepsOf(changes).map(({ kind, value, changes: own }) => [kind, value, own.map(({ subnet }) => subnet)]);
  expect(steps).toEqual([
    ['create', '1', ['b', 'c']],
    ['remove', '1', ['a']],
    ['remove', 'true', ['d']],
  ]);
});

test('tags that nobody looks for may change meanwhile, and others not', () => {
  expect(movedTags({ Name: 'a', [key]: '1' }, { Name: 'b', [key]: '1' })).toEqual([]);
  expect(movedTags({ [key]: '1' }, { [key]: '' })).toEqual([`${key} was "1" and is ""`]);
  expect(movedTags({}, { 'kubernetes.io/role/ELB': '1' })).toHaveLength(1);
  expect(movedTags({ 'kubernetes.io/cluster/x': 'shared' }, {})).toEqual([
    'kubernetes.io/cluster/x was "shared" and is none',
  ]);
});

test.each([
  [true, '1', 'take-back'],
  ['unknown', '1', 'take-back'],
  [true, 'true', 'back-already'],
  ['unknown', 'true', 'back-already'],
  [true, '', 'changed-meanwhile'],
  [true, null, 'changed-meanwhile'],
  [true, undefined, 'changed-meanwhile'],
  [false, '1', undefined],
] as const)('a change that was done (%s), with the tag at %j now, is %s', (done, now, undoing) => {
  expect(undoingOf({ subnet: 'a', key, before: 'true', after: '1', done }, now)).toBe(undoing);
});
