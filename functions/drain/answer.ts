import type { BlockedPod } from '../../shared/manual/check-targets.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { DryRunLine } from '../../shared/manual/dry-run.ts';
import type { DrainPlan, InstanceWithoutNode } from '../../shared/plan/drain-plan.ts';
import type { ExecutionStatus } from '../../shared/ports.ts';
import type { RequestProblem } from './read-request.ts';

/** Stable, for whoever acts on an answer. */
export type ErrorCode =
  | 'invalid-request'
  | 'no-cluster'
  | 'no-node'
  | 'two-nodes'
  | 'eks-managed'
  | 'too-many-nodes'
  | 'no-instance'
  | 'blocked'
  | 'request-over'
  | 'bad-selector'
  | 'not-mapped'
  | 'denied'
  | 'cluster-unreachable'
  | 'cluster-refuses'
  | 'answer-too-large';

export interface AnswerError {
  code: ErrorCode;
  /** One sentence. */
  message: string;
  /** What to do about it. */
  next: string;
}

/** That it cannot be done is an answer as well: nothing was changed, or it is taken back. */
export interface ErrorAnswer {
  version: 1;
  /** undefined: it is not clear what was asked. */
  action?: 'plan' | 'start' | 'status' | 'stop';
  error: AnswerError;
  /** Everything that is wrong with the request. */
  problems?: RequestProblem[];
  /** Names of nodes that may have been meant. */
  near?: string[];
  /** Pods that forbid their node's drain; of many the first hundred. */
  blocked?: BlockedPod[];
  requestId?: string;
}

export interface PlanAnswer {
  version: 1;
  action: 'plan';
  plan: DrainPlan;
}

export interface StartAnswer {
  version: 1;
  action: 'start';
  requestId: string;
  cluster: string;
  /** The names of nodes, zone by zone; of a request that was joined, "status" tells. */
  waves?: string[][];
  /** Nodes that are drained at the same time. */
  maxUnavailable?: number;
  /** Instances of the group that are no node. */
  withoutNode?: InstanceWithoutNode[];
  execution?: Execution;
  /** The request runs already: nothing was started. */
  joined?: true;
  /** Nothing was changed. */
  dryRun?: 'client' | 'server';
  /** What the API server would have answered. */
  lines?: DryRunLine[];
}

export interface Execution {
  arn: string;
  status: ExecutionStatus;
}

export interface StatusAnswer {
  version: 1;
  action: 'status';
  cluster: string;
  /** Those that are at work first. */
  nodes: DrainStatus[];
  /** So many more are not shown. */
  notShown: number;
  /** Of the nodes' marks. */
  requests: { requestId: string; execution: Execution }[];
}

export interface StopAnswer {
  version: 1;
  action: 'stop';
  cluster: string;
  nodes: StoppedNode[];
}

export interface StoppedNode {
  node: string;
  /** `told`: its drain stops at its next look. `undone`: our marks are taken back. `not-marked`: there is nothing of ours. */
  result: 'told' | 'undone' | 'not-marked' | 'refused';
  drain?: string;
  /** For a person. */
  text: string;
}

export type ManualAnswer = PlanAnswer | StartAnswer | StatusAnswer | StopAnswer | ErrorAnswer;
