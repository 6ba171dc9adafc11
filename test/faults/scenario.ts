import type { NoticeAction } from '../../shared/lifecycle/action.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { TimedEvent } from './event.ts';

/** One run, as plain data: fast-check makes it, shrinks it and prints it. All times are seconds; events count from the first termination. */
export interface Scenario {
  /** Jitter of the product and of the network comes from it. */
  random: number;
  policy: Pick<DrainPolicy, 'deadlineSeconds' | 'onDeadline' | 'graceCapSeconds' | 'maxInFlight' | 'daemonSets'>;
  /** Each group has a hook of its own. */
  groups: { heartbeatSeconds: number }[];
  /** The nodes that are drained. */
  nodes: NodeSpec[];
  /** Nodes that take what is evicted. */
  spares: number;
  workloads: WorkloadSpec[];
  budgets: BudgetSpec[];
  /** A request takes up to so long, half of it before its effect. */
  networkMilliseconds: number;
  /** By how much the clocks of the functions differ from the world's, at most. */
  skewMilliseconds: number;
  events: TimedEvent[];
  /** What is said of the nodes beside their hooks. */
  notices: NoticeSpec[];
  /** The groups keep instances whose termination is abandoned. */
  retains: boolean;
}

export interface NoticeSpec {
  node: number;
  kind: NoticeAction['kind'];
  /** From the termination of its node to the notice; negative: it comes before that. */
  after: number;
  /** What the settings ask for, of a rebalance recommendation or a scheduled change. */
  does: 'drain' | 'cordon' | 'warn';
  /** EC2 says the same. */
  isTrue: boolean;
  /** From the notice until what it announces; of a change of state until the instance is gone. */
  inSeconds: number;
  /** The instance goes then, and its Node soon after. */
  goes: boolean;
}

/** A node that a notice is about beforehand is terminated so much later. */
export function terminatesAt({ nodes, notices }: Scenario, index: number): number {
  const leads = notices.filter(({ node }) => node % nodes.length === index).map(({ after }) => -after);
  return (nodes[index]?.terminatesAt ?? 0) + Math.max(0, ...leads);
}

export interface NodeSpec {
  group: number;
  /** After the first. */
  terminatesAt: number;
  /** As someone else had left it. */
  cordoned: boolean;
  labelled: boolean;
}

export const kinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'naked',
  'mirror',
  'finished',
  'orphan',
] as const;
export const wishes = ['skip', 'wait', 'do-not-disrupt', 'not-safe-to-evict'] as const;

export interface WorkloadSpec {
  kind: (typeof kinds)[number];
  replicas: number;
  wish?: (typeof wishes)[number];
  order?: number;
  priority?: 'system-cluster-critical' | 'system-node-critical';
  graceSeconds: number;
  /** `never` runs out its grace. */
  stopSeconds: number | 'never';
  readySeconds: number | 'never';
  emptyDir?: true;
  finalizer?: true;
  volume?: true;
  tolerates?: true;
  /** Deleted just before the drain begins. */
  terminating?: true;
}

export interface BudgetSpec {
  /** Index into the workloads; all of them when there is no such one. */
  of: number;
  spec: { maxUnavailable: number | string } | { minAvailable: number | string };
  alwaysAllow?: true;
}
