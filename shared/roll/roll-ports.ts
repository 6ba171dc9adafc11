import type { TaintView } from '../lifecycle/node.ts';
import type { Clock } from '../ports.ts';
import type { RollEvent } from './roll-event.ts';

/** The Auto Scaling group that is rolled. Throws what it cannot explain; throttling is retried inside. */
export interface GroupRollPort {
  /** undefined: there is none of that name. */
  describeGroup(groupName: string, signal: AbortSignal): Promise<RollGroup | undefined>;
  /** Number of the latest and of the default version of each launch template, by its id; those that are gone are left out. */
  templateVersions(
    templateIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, { latest: string; default: string }>>;
  /** When EC2 launched each, in epoch milliseconds; those that are gone are left out. */
  launchTimes(instanceIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** The instance refresh that is under way. */
  activeRefresh(groupName: string, signal: AbortSignal): Promise<{ id: string; status: string } | undefined>;
  /** What Auto Scaling says of launches that failed since then (epoch milliseconds), the newest first, few. */
  failedLaunches(groupName: string, since: number, signal: AbortSignal): Promise<string[]>;
  /** Without regard to a cooldown. `busy`: a scaling activity is in progress, ask again later. */
  setDesired(groupName: string, desired: number, signal: AbortSignal): Promise<'done' | 'busy'>;
  setMax(groupName: string, max: number, signal: AbortSignal): Promise<void>;
  /** `gone`: Auto Scaling does not know the instance any more. */
  terminate(
    instanceId: string,
    options: { decrement: boolean },
    signal: AbortSignal,
  ): Promise<'done' | 'busy' | 'gone'>;
  /** One tag of the group, not propagated; undefined takes it away. */
  writeTag(groupName: string, key: string, value: string | undefined, signal: AbortSignal): Promise<void>;
  suspend(groupName: string, processName: string, signal: AbortSignal): Promise<void>;
  resume(groupName: string, processName: string, signal: AbortSignal): Promise<void>;
}

export interface RollGroup {
  name: string;
  tags: Readonly<Record<string, string>>;
  min: number;
  max: number;
  desired: number;
  /** Names of processes, for example `AZRebalance`. */
  suspended: readonly string[];
  launches: GroupLaunches;
  /** Instances that wait in a warm pool, and whether it takes back those that go. */
  warmPool?: { size: number; reuses: boolean };
  /** Without those of the warm pool. */
  instances: readonly RollInstance[];
}

/** What the group launches from now. */
export interface GroupLaunches {
  /** undefined: Auto Scaling told of none. */
  from: LaunchSource | undefined;
  /** Of a mixed instances policy: what it launches for a type when that differs from `from`. */
  overrides: readonly { type?: string; from?: LaunchSource }[];
}

/** A version is a number, `$Latest` or `$Default`. */
export type LaunchSource = { templateId: string; version: string } | { configuration: string };

export interface RollInstance {
  id: string;
  zone: string;
  type?: string;
  /** As Auto Scaling writes it, for example `Terminating:Wait`. */
  lifecycleState: string;
  healthy: boolean;
  protectedFromScaleIn: boolean;
  /** undefined: it was attached by hand, or what it came from is gone. */
  from: LaunchSource | undefined;
}

/** The Nodes of the cluster that the group is part of. Throws what it cannot explain. */
export interface RollNodesPort {
  /** Those of the instances; an instance without one is left out. */
  nodesOf(instanceIds: readonly string[], signal: AbortSignal): Promise<RollNode[]>;
  /** Cordons a node that is not cordoned, and notes on it that this roll did. */
  cordon(name: string, rollId: string, signal: AbortSignal): Promise<void>;
  /** Takes back exactly what `cordon` did. */
  uncordon(name: string, rollId: string, signal: AbortSignal): Promise<void>;
}

export interface RollNode {
  name: string;
  instanceId: string;
  ready: 'True' | 'False' | 'Unknown';
  /** Of the Ready condition. */
  readyMessage?: string;
  unschedulable: boolean;
  taints: readonly TaintView[];
  /** Which roll cordoned it. */
  cordonedBy?: string;
  /** It carries the mark of a drain, under way or over. */
  drainMark: boolean;
}

/**
 * Drains one node to its end, and never rejects for what happens to the drain. It takes its own marks back when the signal aborts, and
 * answers then as well. It is asked again for a node that it drained before, which must be cheap.
 */
export type DrainNode = (nodeName: string, instanceId: string, signal: AbortSignal) => Promise<DrainAnswer>;

export interface DrainAnswer {
  ok: boolean;
  /** Stable, for example `drained`, `blocked` or `aborted`. */
  reason: string;
  /** A sentence. */
  text: string;
}

export interface RollPorts {
  group: GroupRollPort;
  nodes: RollNodesPort;
  drainNode: DrainNode;
  clock: Clock;
  tell: (event: RollEvent) => void;
  /** A few characters that no other roll has. */
  newId: () => string;
}
