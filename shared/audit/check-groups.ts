import { asg04 } from './checks/asg-04.ts';
import { asg05 } from './checks/asg-05.ts';
import type { CheckInfo, Judged } from './finding.ts';
import type { GroupCheck, GroupFacts, HookWishes } from './hook-facts.ts';

export const groupChecks: readonly GroupCheck[] = [asg04, asg05];

/** What a check said, with the check. */
export type Said = readonly [CheckInfo, Judged];

export function checkGroup(facts: GroupFacts, wishes: HookWishes): Said[] {
  return groupChecks.flatMap((check) => check.judge(facts, wishes).map((judged): Said => [check, judged]));
}

/** One of each check for what could not be looked at: `resource` is a group, or the cluster when none of its groups could be. */
export function unknownHooks(resource: string, { text, ...evidence }: Unknown): Said[] {
  return groupChecks.map((check) => [check, { status: 'UNKNOWN', resource, text, evidence }]);
}

/** A name that is wrong would otherwise look as if all were well; a cluster of Karpenter or EKS Auto Mode has no groups. */
export function noGroups(cluster: string): Said {
  const text = `no Auto Scaling group is tagged kubernetes.io/cluster/${cluster} or eks:cluster-name=${cluster}: nothing was checked`;
  const about = { status: 'WARN', severity: 'low', resource: cluster, matter: 'no-groups' } as const;
  return [asg04, { ...about, text, evidence: {} }];
}

export interface Unknown {
  text: string;
  /** The right that would be needed. */
  right?: string;
  code?: string;
}
