import type { Node } from '../../sandbox/cluster/objects.ts';
import type { EventAction } from '../../shared/lifecycle/action.ts';
import type { TickInput, TickOutput } from '../../shared/lifecycle/tick.ts';
import type { NoticeSpec } from './scenario.ts';
import type { Tick } from './tick.ts';

/** One execution of the state machine and what became of it. Instants are epoch milliseconds of the world's clock. */
export interface Drain {
  index: number;
  nodeName: string;
  instanceId: string;
  groupName: string;
  hookName: string;
  /** undefined: a hook started it. */
  notice: NoticeSpec | undefined;
  action: EventAction | undefined;
  /** What the next tick, or one that doubles the current one, is given. */
  input: TickInput | undefined;
  ticks: Tick[];
  current: Tick | undefined;
  /** When its first tick began, and the last one that knew of none before it. */
  startedAt: number | undefined;
  freshAt: number | undefined;
  oversleep: number;
  fate: NodeFate;
  seen: DrainSeen;
  result: DrainResult | undefined;
}

/** What others did to a node; all of its drains share it. */
export interface NodeFate {
  soonerAt: number | undefined;
  /** As it was when it was deleted. */
  nodeAtLast: Node | undefined;
  stopAsked: 'complete' | 'wait' | undefined;
  returnedAt: number | undefined;
  claimedByOther: boolean;
  uncordoned: boolean;
}

/** What was seen of it at the API server and at Auto Scaling. */
export interface DrainSeen {
  /** By pod UID, when evictions of it were refused. */
  refusedAt: Map<string, number[]>;
  forced: Forced[];
  /** What its lists of budgets said of their healthy pods. */
  healthyReads: { at: number; budget: string; healthy: number }[];
  /** UIDs of controllers of which it removed a pod. */
  removedControllers: Set<string>;
  /** By the UID of its controller: the pods that it removed. */
  removed: Map<string, Set<string>>;
  markedAt: number | undefined;
  /** When its node last became unschedulable by its doing. */
  cordonedAt: number | undefined;
  /** Answers in a row that showed no Node. */
  nodeLooksEmpty: number;
  /** When a list of its node's pods was last answered. */
  listedAt: number | undefined;
  /** By the name of the tick: when it last listed its node's pods, and their UIDs. */
  listed: Map<string, { at: number; uids: ReadonlySet<string> }>;
  completed: number | undefined;
  /** When the answer that it is completed had reached a tick. */
  completionKnown: number | undefined;
}

/** A pod that was deleted past its budgets. */
export interface Forced {
  at: number;
  tick: Tick;
  uid: string;
  name: string;
  budgets: { uid: string; healthyBefore: number }[];
}

export interface DrainResult {
  at: number;
  /** undefined: the execution failed, and the machine completed the action by itself. */
  done: Extract<TickOutput, { status: 'done' }> | undefined;
}

export function freshFate(): NodeFate {
  return {
    soonerAt: undefined,
    nodeAtLast: undefined,
    stopAsked: undefined,
    returnedAt: undefined,
    claimedByOther: false,
    uncordoned: false,
  };
}

/** The drain of a notice about a node that a hook drains before, meanwhile or afterwards. */
export function drainBeside(hooked: Drain, notice: NoticeSpec): Drain {
  const { index, groupName, instanceId, nodeName, fate } = hooked;
  const group = Number(groupName.split('-').at(-1));
  return { ...drainOf(index, group, instanceId, nodeName), notice, fate };
}

export function drainOf(index: number, group: number, instanceId: string, nodeName: string): Drain {
  return {
    index,
    nodeName,
    instanceId,
    groupName: `group-${group}`,
    hookName: `hook-${group}`,
    notice: undefined,
    action: undefined,
    input: undefined,
    ticks: [],
    current: undefined,
    startedAt: undefined,
    freshAt: undefined,
    oversleep: 0,
    fate: freshFate(),
    seen: {
      refusedAt: new Map(),
      forced: [],
      healthyReads: [],
      removedControllers: new Set(),
      removed: new Map(),
      markedAt: undefined,
      cordonedAt: undefined,
      nodeLooksEmpty: 0,
      listedAt: undefined,
      listed: new Map(),
      completed: undefined,
      completionKnown: undefined,
    },
    result: undefined,
  };
}
