import { type Selection, whyOld } from './old-instances.ts';
import type { RollMark } from './roll-mark.ts';
import type { DrainAnswer, RollGroup, RollInstance, RollNode } from './roll-ports.ts';
import type { RollOptions } from './roll-request.ts';

/** One look, with what this process remembers. Instants are epoch milliseconds. */
export interface RollObservation {
  options: RollOptions;
  now: number;
  /** This process. */
  run: string;
  /** For a roll that begins now. */
  newId: string;
  group: RollGroup;
  versions: Selection['versions'];
  launchTimes: Selection['launchTimes'];
  refresh: { id: string; status: string } | undefined;
  nodes: ReadonlyMap<string, RollNode>;
  /** Drains that this process began, by instance. */
  drains: ReadonlyMap<string, 'running' | DrainAnswer>;
  /** Those of them that were to give back a place of the surge. */
  givers: ReadonlySet<string>;
  /** Instances that this process told to go. */
  told: ReadonlySet<string>;
  /** How many instances this process told to go since then. */
  ended: number;
  /** For what it waits, and since when. */
  waiting: { key: string; since: number } | undefined;
  /** The mark of another process, as this one saw it first. */
  foreign: { seenAt: number; since: number } | undefined;
  /** The mark was this process's own. */
  owned: boolean;
  /** Launches that failed since it waits, the newest first. */
  failedLaunches: readonly string[];
}

export interface StandingInstance extends RollInstance {
  node: RollNode | undefined;
  /** Why it is old. */
  old: string | undefined;
  /** Its pods can be counted on. */
  serves: boolean;
  drain: 'running' | DrainAnswer | undefined;
}

export interface Standing {
  /** Those that count for desired. */
  active: readonly StandingInstance[];
  old: readonly StandingInstance[];
  fresh: readonly StandingInstance[];
  /** Old ones on their way out. */
  leaving: readonly StandingInstance[];
  /** What desired has more than there are instances. */
  missing: number;
  serving: number;
  /** Of the surge, what the desired capacity still has. */
  surge: number;
}

const gone = /^(Terminat|Detach)/;
const over = /^(Terminated|Detached)$/;
/** A node with one of these takes no pods yet. */
const startUpTaints = [
  'node.kubernetes.io/not-ready',
  'node.cloudprovider.kubernetes.io/uninitialized',
  'eks-node-lifecycle.io/not-ready',
];

/** How far a roll is. */
export function standingOf(
  observation: RollObservation,
  mark: Pick<RollMark, 'which' | 'before'> & Partial<RollMark>,
): Standing {
  const { group, versions, launchTimes, nodes, drains, told } = observation;
  const selection = { launches: group.launches, versions, launchTimes, which: mark.which, before: mark.before };
  const all = group.instances.map((instance): StandingInstance => {
    const node = nodes.get(instance.id);
    const old = whyOld(instance, selection);
    const drain = drains.get(instance.id);
    return { ...instance, node, old, drain, serves: !drain && serves(instance, node, old !== undefined) };
  });
  const leaves = ({ id, lifecycleState }: RollInstance) => told.has(id) || gone.test(lifecycleState);
  const active = all.filter((instance) => !leaves(instance));
  const givesStill = mark.giving !== undefined && active.some(({ id }) => id === mark.giving);
  return {
    active,
    old: active.filter(({ old }) => old !== undefined),
    fresh: active.filter(({ old }) => old === undefined),
    leaving: all.filter(
      (instance) => leaves(instance) && instance.old !== undefined && !over.test(instance.lifecycleState),
    ),
    missing: Math.max(0, group.desired - active.length),
    serving: active.filter((instance) => instance.serves).length,
    surge: (mark.surge ?? 0) + (givesStill ? 1 : 0),
  };
}

/** An old node may be cordoned, by us or by others, and its pods still count; one whose drain began may have none left. */
function serves(instance: RollInstance, node: RollNode | undefined, old: boolean): boolean {
  if (instance.lifecycleState !== 'InService' || !instance.healthy || node?.ready !== 'True' || node.drainMark)
    return false;
  return !startsUp(node) && (old || !node.unschedulable);
}

export const startsUp = (node: RollNode): boolean => node.taints.some(({ key }) => startUpTaints.includes(key));
