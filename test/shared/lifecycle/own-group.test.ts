import { describe, expect, it } from 'vitest';
import { managedTag, notOurGroup } from '../../../shared/lifecycle/own-group.ts';

const name = 'example-asg';

function why(managed: string | undefined, ours: { hasHook: boolean; requireTag: boolean }) {
  const tags = managed === undefined ? {} : { [managedTag]: managed };
  return notOurGroup({ name, tags }, ours)?.code ?? 'ours';
}

describe('a group', () => {
  it.each<[tag: string | undefined, requireTag: boolean, withHook: string, without: string]>([
    [undefined, false, 'ours', 'no-hook-of-ours'],
    ['true', false, 'ours', 'ours'],
    ['True', false, 'ours', 'ours'],
    ['false', false, 'opted-out', 'opted-out'],
    ['FALSE', false, 'opted-out', 'opted-out'],
    ['yes', false, 'ours', 'no-hook-of-ours'],
    ['', false, 'ours', 'no-hook-of-ours'],
    [undefined, true, 'not-opted-in', 'not-opted-in'],
    ['true', true, 'ours', 'ours'],
    ['false', true, 'opted-out', 'opted-out'],
    ['yes', true, 'not-opted-in', 'not-opted-in'],
    ['', true, 'not-opted-in', 'not-opted-in'],
  ])(
    'tagged %j (the tag is asked for: %s) is %s with a hook of ours, and %s without',
    (tag, requireTag, withHook, without) => {
      expect(why(tag, { hasHook: true, requireTag })).toBe(withHook);
      expect(why(tag, { hasHook: false, requireTag })).toBe(without);
    },
  );

  it('of EKS is never ours, whatever else its tags say', () => {
    const tags = { 'eks:nodegroup-name': 'workers', [managedTag]: 'true' };
    for (const hasHook of [true, false]) {
      expect(notOurGroup({ name, tags }, { hasHook, requireTag: false })).toEqual({
        code: 'managed-node-group',
        text: 'example-asg belongs to the managed node group workers, which EKS drains itself',
      });
    }
  });

  it.each([
    ['false', false, 'opted-out', 'example-asg is tagged eks-node-lifecycle/managed=false'],
    [undefined, true, 'not-opted-in', 'example-asg is not tagged eks-node-lifecycle/managed=true'],
    [
      undefined,
      false,
      'no-hook-of-ours',
      'example-asg has no lifecycle hook of ours, and no tag eks-node-lifecycle/managed=true',
    ],
  ])('tagged %j is told from ours in words that help (%s)', (tag, requireTag, code, text) => {
    const tags: Record<string, string> = tag === undefined ? {} : { 'eks-node-lifecycle/managed': tag };
    expect(notOurGroup({ name, tags }, { hasHook: false, requireTag })).toEqual({ code, text });
  });
});
