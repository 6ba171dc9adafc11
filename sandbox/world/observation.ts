import type { KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import type { LaunchOutput } from '../../shared/lifecycle/launch.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { AwsCall } from '../aws/aws-sandbox.ts';
import type { KubeObject, ResourceName } from '../cluster/objects.ts';

/** One thing that really happened in the sandbox, as whoever saw it put it; `at` is epoch milliseconds. */
export type Observation = { at: number } & (
  | { from: 'auto-scaling'; instanceId: string; lifecycleState: string }
  | { from: 'notification'; instanceId: string; transition: 'launch' | 'terminate'; channel: string }
  | { from: 'delivery'; file: string }
  | { from: 'notice'; text: string }
  | { from: 'ec2'; instanceId: string; state: string }
  | { from: 'log'; line: LogLine }
  | { from: 'tick'; number: number; output: TickOutput | LaunchOutput }
  | { from: 'tick-failure'; number: number; error: Error }
  | { from: 'aws'; call: AwsCall; transition?: 'launch' | 'terminate' }
  | { from: 'kubernetes'; change: ClusterChange }
  | { from: 'eviction'; eviction: EvictionSeen }
  | { from: 'load-balancer'; change: TargetChange }
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

export interface TargetChange {
  kind: 'target-group' | 'classic';
  group: string;
  target: string;
  /** undefined: it is no longer there. */
  state: string | undefined;
}

/** A request to evict a pod, twice: as it comes, and as it is answered. */
export interface EvictionSeen {
  /** `namespace/name`. */
  pod: string;
  /** Where it ran when the request came. */
  nodeName: string | undefined;
  /** The HTTP status; undefined as it comes, 0 when the connection was cut. */
  status: number | undefined;
}

export type Observer = (observation: Observation) => void;
