import { describe, expect, it, test } from 'vitest';
import { noHooksFor } from '../../../shared/lifecycle/hook-group.ts';
import { groupOf } from './hook-builders.ts';

const demo = { 'kubernetes.io/cluster/demo': 'owned' };
const codeOf = (tags: Record<string, string>, named = false, requireTag = false) =>
  noHooksFor(groupOf({ tags }), { clusterName: 'demo', named, requireTag })?.code;

describe('a group may have hooks', () => {
  test.each([
    ['its tag', demo],
    ['the tag of EKS', { 'eks:cluster-name': 'demo' }],
    ['where Karpenter may look', { ...demo, 'karpenter.sh/discovery': 'demo' }],
    ['managed=true', { ...demo, 'eks-node-lifecycle/managed': 'true' }],
  ])('by %s', (_title, tags) => {
    expect(codeOf(tags)).toBeUndefined();
  });
});

describe('a group gets no hooks', () => {
  test.each([
    ['managed-node-group', { ...demo, 'eks:nodegroup-name': 'ng' }],
    ['opted-out', { ...demo, 'eks-node-lifecycle/managed': 'false' }],
    ['karpenter', { ...demo, 'karpenter.sh/nodepool': 'default' }],
    ['auto-mode', { ...demo, 'eks:eks-cluster-name': 'demo' }],
    ['other-cluster', { 'kubernetes.io/cluster/prod': 'owned' }],
    ['two-clusters', { ...demo, 'kubernetes.io/cluster/prod': 'owned' }],
    ['no-cluster', {}],
  ])('for the reason %s', (code, tags) => {
    expect(codeOf(tags)).toBe(code);
  });

  test.each([
    [{ ...demo, 'karpenter.sh/nodepool': 'default' }, /tagged karpenter\.sh\/nodepool: Karpenter drains/],
    [{ ...demo, 'eks:eks-cluster-name': 'demo' }, /EKS Auto Mode drains/],
    [{ 'kubernetes.io/cluster/prod': 'owned' }, /belongs to cluster prod$/],
  ])('tagged %o, in words', (tags, text) => {
    const choice = { clusterName: 'demo', named: false, requireTag: false };
    expect(noHooksFor(groupOf({ tags }), choice)?.text).toMatch(text);
  });

  it('though it is named, when its tags say that it is another cluster’s or a managed one', () => {
    expect(codeOf({ 'kubernetes.io/cluster/prod': 'owned' }, true)).toBe('other-cluster');
    expect(codeOf({ 'eks:cluster-name': 'a', 'kubernetes.io/cluster/b': '' }, true)).toBe('two-clusters');
    expect(codeOf({ ...demo, 'eks:nodegroup-name': 'ng' }, true)).toBe('managed-node-group');
  });

  it('without the tag, where the settings ask for it', () => {
    expect(codeOf(demo, true, true)).toBe('not-opted-in');
    expect(codeOf({ ...demo, 'eks-node-lifecycle/managed': 'true' }, false, true)).toBeUndefined();
  });

  it('with a text that says what to do about two clusters', () => {
    const group = groupOf({ tags: { ...demo, 'kubernetes.io/cluster/prod': 'owned' } });
    expect(noHooksFor(group, { clusterName: 'demo', named: false, requireTag: false })?.text).toBe(
      'the tags of group workers name two clusters: demo and prod; name it with --group if it is of demo',
    );
  });
});

test.each([
  ['without tags', {}],
  ['with the tags of two clusters', { ...demo, 'kubernetes.io/cluster/prod': 'owned' }],
  ['with two kinds of tags', { 'eks:cluster-name': 'demo', 'kubernetes.io/cluster/prod': 'owned' }],
])('a group %s may have hooks when it is named', (_title, tags) => {
  expect(codeOf(tags, true)).toBeUndefined();
});
