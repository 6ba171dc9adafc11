import type { HookAction } from './action.ts';
import type { TickSummary } from './tick.ts';

/** What the state machine hands to a launch's tick. */
export interface LaunchInput {
  action: HookAction;
  /** null on the first tick. */
  state: LaunchState | null;
  /** The name of the execution. */
  execution: string;
}

/** What it answers: look again, or done. */
export type LaunchOutput =
  | {
      status: 'again';
      waitSeconds: number;
      action: HookAction;
      state: LaunchState;
      summary: LaunchSummary;
      /** The name of the execution that goes on with the work, when this one's history is full. */
      continueAs: string | null;
    }
  | { status: 'done'; action: HookAction; end: LaunchEnd; summary: LaunchSummary };

export interface LaunchSummary extends Pick<TickSummary, 'text'> {
  phase: 'verifying' | 'resolving' | 'waiting-for-ready' | 'diagnosing' | 'done';
}

/** Carried between ticks; instants are epoch milliseconds. */
export interface LaunchState {
  version: 1;
  startedAt: number;
  ticks: number;
  clusterName: string | null;
  nodeName: string | null;
  heartbeatAt: number | null;
  /** When the cluster's API server last answered with something usable. */
  answeredAt: number | null;
  /** Since when Auto Scaling knows no active action although the instance is still coming. */
  noActionSince: number | null;
  /** Looks in a row that found the instance in no state of a launch. */
  otherStateLooks: number;
  /** What is still missing, as told last: a change is progress. */
  missing: string | null;
  progressAt: number;
}

/** How a launch ended and what Auto Scaling was told. */
export interface LaunchEnd {
  reason:
    | 'ready'
    | 'to-warm-pool'
    | 'never-ready'
    | 'never-ready-kept'
    | 'cluster-gone'
    | 'already-resolved'
    | 'instance-gone'
    | 'ignored';
  /** Which of several ways led here: for `ignored`, and the diagnosis of one that never became ready. */
  code?: string;
  /** null: nothing was completed. */
  completion: 'CONTINUE' | 'ABANDON' | null;
  /** One sentence for a person. */
  text: string;
  /** A command that would fix it, ready for a shell, where there is one. */
  fix?: string;
  alarm: boolean;
}

/** What a launch waits for, and how long. */
export interface LaunchPolicy {
  /** Then a diagnosis, and ABANDON under its guards. */
  deadlineSeconds: number;
  reserveSeconds: number;
  /** `namespace/name` of DaemonSets whose pod on the node must be Ready, where the DaemonSet exists. */
  requiredDaemonSets: readonly string[];
  /** Does an instance on its way into a warm pool join its cluster first? */
  joinBeforeWarmPool: boolean;
  /** Abandoned launches of a group after which the next one is let through with an alarm. */
  mostAbandoned: number;
  /** Over how long they are counted: longer than so many deadlines, or a group of one instance is replaced for ever. */
  abandonedWindowSeconds: number;
}

export const defaultLaunchPolicy: LaunchPolicy = {
  deadlineSeconds: 900,
  reserveSeconds: 60,
  requiredDaemonSets: ['kube-system/aws-node', 'kube-system/kube-proxy'],
  joinBeforeWarmPool: false,
  mostAbandoned: 3,
  abandonedWindowSeconds: 3_600,
};
