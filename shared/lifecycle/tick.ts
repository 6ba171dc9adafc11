import type { LifecycleAction } from './action.ts';
import type { End } from './end.ts';

/** What the state machine hands to a tick. */
export interface TickInput {
  action: LifecycleAction;
  /** null on the first tick. */
  state: TickState | null;
  /** The name of the execution. */
  execution: string;
}

/** What a tick answers: look again, or done. */
export type TickOutput =
  | {
      status: 'again';
      waitSeconds: number;
      action: LifecycleAction;
      state: TickState;
      summary: TickSummary;
      /** The name of the execution that goes on with the work, when this one's history is full. */
      continueAs: string | null;
    }
  | { status: 'done'; action: LifecycleAction; end: End; summary: TickSummary; report: string | null };

/** Carried between ticks, ≤ 32 KB: counts and instants (epoch milliseconds), never pod lists. */
export interface TickState {
  version: 1;
  startedAt: number;
  ticks: number;
  clusterName: string | null;
  nodeName: string | null;
  heartbeatAt: number | null;
  /** Looks in a row that found no Node. */
  noNodeLooks: number;
  /** Since when the cluster does not answer, does not know us or refuses the mark. */
  troubleSince: number | null;
  trouble: string | null;
  troubleKind: string | null;
  /** Since when Auto Scaling knows no active action although the instance is still leaving. */
  noActionSince: number | null;
  /** When nothing evictable was left for the first time. */
  emptyAt: number | null;
  /** When anything last changed for the better. */
  progressAt: number;
  /** Another drain's forced delete under the same budget is waited for: the end moves to this instant. */
  extendedUntil: number | null;
  /** When another drain was told of a sooner deadline. */
  handedAt: number | null;
  /** Looks in a row that found the instance healthy. */
  healthyLooks: number;
  marked: boolean;
  /** When a patch was sent that marks the node and that nobody has answered: it may still take effect. */
  markSentAt: number | null;
  /** Since when the node is certainly cordoned. */
  cordonedAt: number | null;
  counts: TickCounts;
}

export interface TickCounts {
  /** Evictions that were accepted. */
  evicted: number;
  /** Pods deleted past a refusal. */
  forced: number;
  /** Pods of which at least one eviction was refused. */
  blocked: number;
  heartbeats: number;
}

/** One line for a person who looks at the execution. */
export interface TickSummary {
  phase: 'verifying' | 'resolving' | 'marking' | 'waiting-for-other-drain' | 'evicting' | 'detaching' | 'done';
  text: string;
  podsLeft: number;
}
