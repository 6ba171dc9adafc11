import type { Verdict } from '../lifecycle/verdict.ts';
import type { Placement } from './place-pods.ts';

/** What a manual drain would do and meet, as things stand; nothing has been changed. */
export interface DrainPlan {
  version: 1;
  /** ISO 8601. */
  at: string;
  cluster?: string;
  /** What was asked for, in words. */
  target: string;
  verdict: PlanVerdict;
  /** 0 drainable, 1 blocked, 2 cannot tell. */
  exitCode: 0 | 1 | 2;
  /** One line. */
  summary: string;
  /** Nodes that are drained at the same time. */
  maxUnavailable: number;
  nodes: NodePlan[];
  budgets: BudgetPlan[];
  singletons: SingletonPlan[];
  placement: PlacementPlan;
  duration: DurationPlan;
  /** What could not be read, and so is not in the plan. */
  unknown: UnknownPlan[];
  /** Instances of the group that are no Node of this cluster. */
  withoutNode: InstanceWithoutNode[];
  /** What to do so that it becomes drainable. */
  next: string[];
}

export type PlanVerdict = 'drainable' | 'blocked' | 'cannot-tell';

export interface NodePlan {
  name: string;
  instanceId?: string;
  zone?: string;
  ready: boolean;
  cordoned: boolean;
  verdict: PlanVerdict;
  /** One line. */
  summary: string;
  pods: PodPlan[];
  duration: DurationRange;
}

export interface PodPlan {
  namespace: string;
  name: string;
  verdict: Verdict['kind'];
  /** Stable, as in the report of the drain. */
  code: Verdict['code'];
  reason: string;
  warning?: true;
  /** Budgets that select it, as `namespace/name`. */
  budgets?: string[];
  /** emptyDir volumes whose data goes with it. */
  localData?: string[];
  /** Its eviction is an outage of this workload. */
  singleton?: string;
  replacement?: Placement;
}

export interface BudgetPlan {
  namespace: string;
  name: string;
  /** Healthy pods that it needs, and that it has now. */
  needs: number;
  has: number;
  allows: number;
  /** Of the pods to evict. */
  pods: number;
  /**
   * `lets-go`: all of them at once. `holds`: some wait until others are ready elsewhere. `never`: it can never allow one as it is.
   * `surged`: it cannot, but need not where surgeSingletons works. `bypassed`: pods are deleted, and it is not asked.
   */
  outlook: 'lets-go' | 'holds' | 'never' | 'surged' | 'bypassed';
  text: string;
  /** What would let them go. */
  next?: string;
}

export interface SingletonPlan {
  workload: string;
  /** Ready pods of it, all of them on nodes to be drained. */
  readyPods: number;
  nodes: string[];
  text: string;
}

export interface PlacementPlan {
  fits: number;
  pending: number;
  notSimulated: number;
  /** What the estimate takes for granted. */
  assumptions: string[];
}

/** Seconds; `highSeconds` is null where only the deadline ends the wait. */
export interface DurationRange {
  lowSeconds: number;
  highSeconds: number | null;
}

export interface DurationPlan extends DurationRange {
  assumptions: string[];
}

export interface UnknownPlan {
  /** What the plan cannot say. */
  text: string;
  /** Verb and resource that are missing, for example `list persistentvolumes`. */
  right?: string;
  message: string;
}

export interface InstanceWithoutNode {
  instanceId: string;
  lifecycleState: string;
  zone?: string;
}
