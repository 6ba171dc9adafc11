import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { VerdictKind } from '../../shared/lifecycle/verdict.ts';
import type { Budget, Node, Pod } from '../cluster/objects.ts';

/** What the story must remember to understand the next observation. */
export interface Memory {
  policy: DrainPolicy;
  instanceId: string;
  /** Epoch milliseconds. */
  startedAt: number;
  deadlineAt: number | undefined;
  /** Who the mark on the node says drains it. */
  drain: string | undefined;
  /** The instance may stay: nothing is forced. */
  yields: boolean;
  /** Of the instance that goes, once it is known. */
  nodeName: string | undefined;
  /** Pods of that node by `namespace/name`, those that are gone included. */
  pods: Map<string, PodMemory>;
  budgets: Map<string, Budget>;
  /** As they were seen last. */
  nodes: Map<string, Node>;
  /** UIDs of pods elsewhere that are of no interest: older than the story, or told of already. */
  known: Set<string>;
  /** Volumes attached to the node: by attachment, the volume's name. */
  volumes: Map<string, string>;
  detached: number;
  /** Target groups and load balancers that have not let go of the instance. */
  targets: Set<string>;
  /** Names of executions that were started. */
  executions: Set<string>;
  /** What was explained once need not be again. */
  explained: Set<string>;
  ended: boolean;
}

export interface PodMemory {
  object: Pod;
  verdict?: VerdictKind;
  /** Codes of the causes that held it. */
  heldBy: Set<string>;
  /** Epoch milliseconds. */
  heldSince?: number;
  leaving: boolean;
  gone: boolean;
}

export function newMemory(known: Pick<Memory, 'policy' | 'instanceId' | 'startedAt'>): Memory {
  return {
    ...known,
    deadlineAt: undefined,
    drain: undefined,
    yields: false,
    nodeName: undefined,
    pods: new Map(),
    budgets: new Map(),
    nodes: new Map(),
    known: new Set(),
    volumes: new Map(),
    detached: 0,
    targets: new Set(),
    executions: new Set(),
    explained: new Set(),
    ended: false,
  };
}

/** The pods that must be gone before the node may go. */
export function movingPods({ pods }: Memory): PodMemory[] {
  return [...pods.values()].filter(({ verdict }) => verdict === 'evict' || verdict === 'wait');
}

export function isHeld({ heldSince, leaving }: PodMemory): boolean {
  return heldSince !== undefined && !leaving;
}

/** A sentence the first time it is needed. */
export function onceOnly(sentence: string, { explained }: Memory): { next?: string } {
  if (explained.has(sentence)) return {};
  explained.add(sentence);
  return { next: sentence };
}

export function secondsOf(at: number, { startedAt }: Pick<Memory, 'startedAt'>): string {
  return `${((at - startedAt) / 1000).toFixed(1)} s`;
}
