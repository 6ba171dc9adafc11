import type { AuditEvent } from './audit-event.ts';

export interface Actor {
  user: string;
  /** The first word of the user agent: a program and its version. */
  agent: string;
  /** What it is known as, for a person. */
  name: string;
}

/** Drains of ours. */
export const ownName = 'eks-node-lifecycle';

/**
 * Managed node groups act as `eks:node-manager`, which shows in the log as `vpcLambda`:
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
const known: readonly [name: string, is: (user: string, agent: string) => boolean][] = [
  ['managed node group', (user, agent) => user === 'eks:node-manager' || agent.startsWith('vpcLambda')],
  ['EKS Auto Mode', (user) => /eks-auto-mode-compute|AWSServiceRoleForAmazonEKS/.test(user)],
  ['Karpenter', (user, agent) => /^system:serviceaccount:[^:]+:karpenter$/.test(user) || agent.startsWith('karpenter')],
  [ownName, (_, agent) => agent.startsWith(ownName)],
  ['Cluster Autoscaler', (user, agent) => /:cluster-autoscaler/.test(user) || agent.startsWith('cluster-autoscaler')],
  ['Node Termination Handler', (user, agent) => /node-termination-handler/.test(`${user} ${agent}`)],
  ['kubectl', (_, agent) => agent.startsWith('kubectl')],
];

export function actorOf({ user, agent }: Pick<AuditEvent, 'user' | 'agent'>): Actor {
  const name = known.find(([, is]) => is(user, agent))?.[0] ?? (user || 'nobody known');
  return { user, agent: agent.split(' ')[0] ?? '', name };
}
