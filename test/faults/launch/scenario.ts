import type { CallEffect, TimedEvent, WorldEvent } from '../event.ts';

/** One launch, as plain data: fast-check makes it, shrinks it and prints it. All times are seconds from the launch on. */
export interface LaunchScenario {
  random: number;
  policy: { deadlineSeconds: number; joinBeforeWarmPool: boolean };
  hook: { heartbeatSeconds: number; defaultResult: 'CONTINUE' | 'ABANDON' };
  way: 'to-group' | 'to-pool' | 'out-of-pool';
  /** What the group's tags say of its nodes. */
  labels: Record<string, string>;
  taints: TaintSpec[];
  /** Launches that were abandoned before; `unknown`: nobody can say. */
  abandonedBefore: number | 'unknown';
  node: NodeSpec;
  /** By name, how long the required DaemonSet's pod takes to be ready; one that is not named does not exist. */
  sets: Record<string, number | 'never'>;
  networkMilliseconds: number;
  skewMilliseconds: number;
  events: LaunchEvent[];
}

export interface TaintSpec {
  key: string;
  value?: string;
  effect: string;
}

export interface NodeSpec {
  /** An instance that comes out of a warm pool finds its Node there. */
  appearsAt: number | 'never';
  readyAfter: number | 'never';
  /** Its kubelet registers it with our start-up taint. */
  startUpTaint: boolean;
  /** What others had given it. */
  labels: Record<string, string>;
  taints: TaintSpec[];
  cordoned: boolean;
  /** Until it appears there is a Node of its name, of an instance that is gone. */
  namesake: boolean;
  /** Left by the drain of a return to the warm pool. */
  mark?: MarkSpec;
}

export interface MarkSpec {
  /** `alive`: that drain still says that the node is its own. */
  is: 'ended' | 'dead' | 'alive';
  ours: { label: boolean; cordon: boolean };
}

type ProcessEvent = Extract<
  TimedEvent,
  { is: 'tick-killed' | 'tick-frozen' | 'tick-doubled' | 'tick-given-up' | 'wait-overslept' }
>;
type StageEvent = Extract<
  WorldEvent,
  { is: 'fault' | 'scaling-fault' | 'watches-dropped' | 'watches-silent' | 'history-compacted' | 'clock-jump' }
>;

export type LaunchEvent =
  | StageEvent
  | ProcessEvent
  | ({ at: number } & (
      | { is: 'node-deleted'; backAfter: number | 'never' }
      | { is: 'node-flaps'; to: 'False' | 'Unknown'; forSeconds: number }
      /** Another tool writes to the Node, once a second. */
      | { is: 'node-edited'; what: Edit; times: number }
      | { is: 'pod-fails'; set: string; forSeconds: number }
      /** Of a spot interruption, or of a rebalance recommendation that is done with its cordon. */
      | { is: 'drain-begins'; ends: boolean }
      | { is: 'hook-resolved'; result: 'CONTINUE' | 'ABANDON' }
      | { is: 'instance-dies' }
    ));

export type Edit = 'label' | 'annotation' | 'taint' | 'cordon' | 'uncordon' | 'template-label' | 'template-taint';

export const startUpTaint: TaintSpec = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };
export const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Nothing but processes that vanish, or that are there twice: what comes of it must be the same. */
export function onlyKills({ events }: LaunchScenario): boolean {
  const kills = (effect: CallEffect) => effect.do === 'kill';
  return events.every((event) =>
    'effect' in event ? kills(event.effect) : /^tick-(killed|doubled|given-up)$/.test(event.is),
  );
}
