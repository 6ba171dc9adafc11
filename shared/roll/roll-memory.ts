import type { RollMark } from './roll-mark.ts';
import type { DrainAnswer } from './roll-ports.ts';

/** What one process knows beyond what it sees; nothing of it is needed by the next. Instants are epoch milliseconds. */
export interface RollMemory {
  run: string;
  drains: Map<string, 'running' | DrainAnswer>;
  givers: Set<string>;
  told: Set<string>;
  /** Ids of instances in the order in which they were told to go. */
  terminated: string[];
  launchTimes: Map<string, number>;
  waiting: { key: string; since: number } | undefined;
  foreign: { seenAt: number; since: number } | undefined;
  /** The mark as we wrote it last. */
  mark: { mark: RollMark; at: number } | undefined;
  moved: { from: number; to: number; at: number } | undefined;
  /** It was told that a roll is going on that began before. */
  resumed: boolean;
}

export function createMemory(run: string): RollMemory {
  return {
    run,
    drains: new Map(),
    givers: new Set(),
    told: new Set(),
    terminated: [],
    launchTimes: new Map(),
    waiting: undefined,
    foreign: undefined,
    mark: undefined,
    moved: undefined,
    resumed: false,
  };
}
