import type { KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { AwsCall } from '../aws/aws-sandbox.ts';
import type { KubeObject, ResourceName } from '../cluster/objects.ts';

/** One thing that really happened in the sandbox, as whoever saw it put it; `at` is epoch milliseconds. */
export type Observation = { at: number } & (
  | { from: 'auto-scaling'; lifecycleState: string }
  | { from: 'delivery'; file: string }
  | { from: 'log'; line: LogLine }
  | { from: 'tick'; number: number; output: TickOutput }
  | { from: 'tick-failure'; number: number; error: Error }
  | { from: 'aws'; call: AwsCall }
  | { from: 'kubernetes'; change: ClusterChange }
);

/** A line of a function's own log. */
export interface LogLine {
  message: string;
  /** ISO 8601. */
  timestamp: string;
  [field: string]: unknown;
}

export interface ClusterChange {
  resource: ResourceName;
  /** `LISTED`: it was there before anything happened. */
  type: 'LISTED' | KubeWatchFrame['type'];
  object: KubeObject;
}

export type Observer = (observation: Observation) => void;
