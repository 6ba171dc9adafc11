import { describe, expect, test } from 'vitest';
import { planFix } from '../../../../shared/audit/fix/plan-fix.ts';
import { unseenClusters } from '../../../../shared/audit/fix/unseen-clusters.ts';
import { elb, internalElb, type SubnetLine } from '../network/builders.ts';
import { twoClusters } from './two-clusters.ts';

const facing = 'kubernetes.io/role/elb';
const of = (name: string) => ({ [`kubernetes.io/cluster/${name}`]: 'shared' });
const none = null;

/** Well tagged for internal load balancers, so that only what a row says is wrong. */
const inside: Record<string, SubnetLine> = {
  'in-a': { zone: 'a', tags: internalElb },
  'in-b': { zone: 'b', tags: internalElb },
};
const open = (zone: string, tags: Record<string, string> = {}, more: SubnetLine = {}): SubnetLine => ({
  zone,
  via: 'igw',
  tags,
  ...more,
});

function fixOf(subnets: Record<string, SubnetLine>, versions?: readonly [string | null, string | null]) {
  const { changes, gone, left } = planFix(twoClusters({ ...inside, ...subnets }, versions));
  return {
    changes: changes.map(({ subnet, key, before, after }) => [subnet, key, before, after]),
    gone: [...new Set(gone.map(({ id }) => id))].sort(),
    left: [...new Set(left.map(({ id }) => id))].sort(),
  };
}

describe('the fewest changes of tags', () => {
  test('are none where nothing is wrong', () => {
    expect(fixOf({ a: open('a', elb), b: open('b', elb) }).changes).toEqual([]);
  });

  test('put a value right that nothing looks for', () => {
    const { changes, gone } = fixOf({ a: open('a', elb), b: open('b', { [facing]: 'true' }) });
    expect(changes).toEqual([['b', facing, 'true', '1']]);
    expect(gone).toEqual(['NET-05', 'NET-06']);
  });

  test('take such a value away where the role would be wrong', () => {
    const { changes } = fixOf({ a: open('a', elb), b: open('b', elb), p: { zone: 'c', tags: { [facing]: 'true' } } });
    expect(changes).toEqual([['p', facing, 'true', none]]);
  });

  test('add the key that a misspelt one means, and leave that', () => {
    const { changes } = fixOf({ a: open('a', elb), b: open('b', { 'kubernetes.io/role/ELB': '1' }) });
    expect(changes).toEqual([['b', facing, none, '1']]);
  });

  test('tag one more zone where two are enough, not all', () => {
    const { changes } = fixOf({ a: open('a', elb), b: open('b'), c: open('c') });
    expect(changes).toEqual([['b', facing, none, '1']]);
  });

  test('tag every zone that load balancers have by routes, so that none is lost', () => {
    const { changes, gone } = fixOf({ a: open('a'), b: open('b'), c: open('c') }, ['v2.13.0', 'v2.13.0']);
    expect(changes.map(([id]) => id)).toEqual(['a', 'b', 'c']);
    expect(gone).toEqual(['NET-06']);
  });

  test('let the roles of a zone change places when they are swapped', () => {
    const swapped = {
      'in-a': { zone: 'a', tags: elb },
      'in-b': { zone: 'b', tags: elb },
      a: open('a', internalElb),
      b: open('b', internalElb),
    };
    const { changes, left } = fixOf(swapped);
    expect(changes).toHaveLength(8);
    expect(left).toEqual([]);
  });

  test("share another cluster's subnet only with a cluster that cannot do without", () => {
    const kept = { ...elb, ...of('other') };
    const without = fixOf({ a: open('a', elb), b: open('b', kept) });
    expect(without.changes).toEqual([['b', 'kubernetes.io/cluster/demo', none, 'shared']]);
    const does = fixOf({ a: open('a', elb), b: open('b', elb), c: open('c', kept) });
    expect(does).toMatchObject({ changes: [], left: ['NET-08'] });
  });

  test('do not take zones from the other cluster, which falls back on routes: all are tagged or none is', () => {
    const subnets = (free: number) => ({ a: open('a', { [facing]: 'yes' }), b: open('b', {}, { free }), c: open('c') });
    const { changes, left } = fixOf(subnets(250), ['v2.8.0', 'v2.13.0']);
    expect(changes.map(([id, , , after]) => `${id}=${after}`)).toEqual(['a=1', 'b=1', 'c=1']);
    expect(left).toEqual([]);
    // With few addresses a tag would bring demo a warning that it has not.
    expect(fixOf(subnets(20), ['v2.8.0', 'v2.13.0']).changes).toEqual([]);
  });

  test('keep a tag that nothing looks for where its role would be right and cannot be given', () => {
    const { changes, left } = fixOf({
      a: open('a', { [facing]: 'true' }, { free: 3 }),
      b: open('b', elb),
      c: open('c', elb),
    });
    expect(changes).toEqual([]);
    expect(left).toContain('NET-05');
  });

  test('leave alone what tags cannot repair', () => {
    expect(fixOf({ a: open('a', elb), b: open('b', elb, { free: 3 }) })).toMatchObject({ changes: [] });
    expect(fixOf({ a: open('a', elb), w: { zone: 'b' } })).toMatchObject({ changes: [], left: ['NET-06'] });
  });

  test('tag a shared subnet in the view of this account', () => {
    const { changes } = fixOf({ a: open('a', elb), b: open('b', {}, { OwnerId: '999999999999' }) });
    expect(changes).toEqual([['b', facing, none, '1']]);
  });
});

describe('clusters that were not judged', () => {
  const snapshot = twoClusters({});
  const others = { ...snapshot, clusters: ['demo', 'other', 'third'] };

  test('are those of the list that the snapshot has not; of whole VPCs, those that could not be read', () => {
    expect(unseenClusters(snapshot, { wholeVpcs: false })).toEqual([]);
    expect(unseenClusters(others, { wholeVpcs: false })).toEqual(['third']);
    expect(unseenClusters(others, { wholeVpcs: true })).toEqual([]);
    const denied = [{ action: 'eks:DescribeCluster', about: 'third', message: 'no' }];
    expect(unseenClusters({ ...others, denied }, { wholeVpcs: true })).toEqual(['third']);
  });

  test('are not known without a list', () => {
    const { clusters: _, ...unlisted } = snapshot;
    expect(unseenClusters(unlisted, { wholeVpcs: false })).toBeUndefined();
  });
});
