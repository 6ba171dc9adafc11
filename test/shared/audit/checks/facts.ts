import type { GroupFacts, HookWishes } from '../../../../shared/audit/hook-facts.ts';
import { groupOf, hookOf, roleArn, topicArn } from '../../lifecycle/hook-builders.ts';

export const wishes: HookWishes = {
  topicArn,
  roleArn,
  heartbeatSeconds: 1800,
  hookNames: ['eks-node-lifecycle-terminate', 'eks-node-lifecycle-launch', 'legacy'],
  region: 'eu-west-1',
};

/** A group of the cluster demo with our hook, unless other hooks are given. */
export function factsOf(
  hooks: readonly Partial<ReturnType<typeof hookOf>>[] = [{}],
  changes: Parameters<typeof groupOf>[0] = {},
): GroupFacts {
  return { clusterName: 'demo', group: groupOf(changes), hooks: hooks.map((each) => hookOf(each)) };
}

/** Somebody else's, at terminations. */
export const foreign = { name: 'ship-logs', topicArn: undefined, roleArn: undefined, metadata: undefined };
