import type { ScalingGroups } from '../../sandbox/aws/scaling-groups.ts';
import type { ManualClock } from '../../sandbox/clock.ts';
import type { Cluster } from '../../sandbox/cluster/create-cluster.ts';
import type { KubeRequest, KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import type { FaultRules } from './fault-rules.ts';
import type { Answered, Journal, ScalingCalled, Served } from './journal.ts';
import type { Process } from './tick.ts';

/** What drains and launches are played on: a cluster, Auto Scaling, and what goes wrong between them and a process. */
export interface Stage {
  scenario: { networkMilliseconds: number; skewMilliseconds: number };
  clock: ManualClock;
  cluster: Cluster;
  scaling: ScalingGroups;
  /** Lifecycle states that the model of Auto Scaling does not know. */
  states: Map<string, string>;
  /** What EC2 says, where that is not what Auto Scaling does. */
  ec2: Map<string, string>;
  kubeFaults: FaultRules;
  scalingFaults: FaultRules;
  watchesSilentUntil: number;
  /** From when on nothing goes wrong any more, as far as is known; epoch milliseconds. */
  quietAt: number;
  journal: Journal;
  /** The product's jitter, and the network's. */
  random: () => number;
  network: () => number;
  /** Of what nobody stops. One for each world, so that a world that is over takes with it what still waits. */
  never: AbortSignal;
  sleep(seconds: number): Promise<void>;
}

/** Who looks on at what a process does and hears. */
export interface Onlooker<P extends Process> {
  /** The process sends a request. */
  sent(tick: P, request: KubeRequest, call: string): void;
  /** The API server has done what a request asks, or refused it. */
  served(served: Served<P>): void;
  /** The process has its answer, or none. */
  answered(answered: Answered<P>): void;
  frame?(tick: P, request: Pick<KubeRequest, 'path'>, frame: KubeWatchFrame): void;
  /** Auto Scaling has answered. */
  scaled(called: ScalingCalled<P>): void;
}
