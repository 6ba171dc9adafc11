import { asg04 } from './checks/asg-04.ts';
import { asg05 } from './checks/asg-05.ts';
import { type Finding, finding } from './finding.ts';
import type { GroupFacts, HookWishes } from './hook-facts.ts';

/** The checks of a group's lifecycle hooks, and how bad what they look for is at worst. */
const checks = [
  { id: 'ASG-04', severity: 'high', judge: asg04 },
  { id: 'ASG-05', severity: 'medium', judge: asg05 },
] as const;

export function checkGroup(facts: GroupFacts, wishes: HookWishes): Finding[] {
  return checks.flatMap(({ judge }) => judge(facts, wishes));
}

/** One of each check for what could not be looked at: `resource` is a group, or the cluster when none of its groups could be. */
export function unknownHooks(about: { cluster: string; resource: string }, why: Unknown): Finding[] {
  const { text, ...evidence } = why;
  return checks.map(({ id, severity }) =>
    finding({ ...about, check: id, severity, status: 'UNKNOWN', text, evidence }),
  );
}

/** A name that is wrong would otherwise look as if all were well; a cluster of Karpenter or EKS Auto Mode has no groups. */
export function noGroups(cluster: string): Finding {
  const text = `no Auto Scaling group is tagged kubernetes.io/cluster/${cluster} or eks:cluster-name=${cluster}: nothing was checked`;
  const about = { check: 'ASG-04', severity: 'low', status: 'WARN', cluster, resource: cluster } as const;
  return finding({ ...about, matter: 'no-groups', text, evidence: {} });
}

export interface Unknown {
  text: string;
  /** The right that would be needed. */
  right?: string;
  code?: string;
}
