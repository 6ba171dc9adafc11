import { expect, test } from 'vitest';
import { searchChanges } from '../../../../shared/audit/fix/search-changes.ts';
import { elb, internalElb } from '../network/builders.ts';
import { twoClusters } from './two-clusters.ts';

const role = { subnet: 'b', key: 'kubernetes.io/role/elb', before: null, after: '1' };
const own = { subnet: 'b', key: 'kubernetes.io/cluster/demo', before: null, after: 'shared' };
const wrong = { subnet: 'c', key: 'kubernetes.io/role/elb', before: null, after: '1' };
const snapshot = twoClusters({
  'in-a': { zone: 'a', tags: internalElb },
  'in-b': { zone: 'b', tags: internalElb },
  a: { zone: 'a', via: 'igw', tags: elb },
  b: { zone: 'b', via: 'igw' },
  c: { zone: 'c' },
});
const choice = 0;

test('what a remedy does beyond what is needed is left out', () => {
  const other = { ...own, key: 'kubernetes.io/cluster/other' };
  expect(searchChanges(snapshot, () => [{ choice, changes: [role, own, other] }])).toEqual([role]);
});

test('a remedy that ends one finding and brings another is none', () => {
  expect(searchChanges(snapshot, () => [{ choice, changes: [wrong] }])).toEqual([]);
});

test('two remedies that harm alone are made together, without what only made up for the other', () => {
  // For demo alone the subnet would be closed to the other cluster, and the other way round.
  const forDemo = { choice, changes: [role, own] } as const;
  const forOther = { choice, changes: [role, { ...own, key: 'kubernetes.io/cluster/other' }] } as const;
  expect(searchChanges(snapshot, () => [forDemo])).toEqual([]);
  expect(searchChanges(snapshot, () => [forDemo, forOther])).toEqual([role]);
});
