import { setMaxListeners } from 'node:events';
import type { Clock } from '../../../shared/ports.ts';
import type { Store } from '../store.ts';

/** What every controller works with; it stops when the signal is aborted. */
export interface ControllerContext {
  store: Store;
  clock: Clock;
  signal: AbortSignal;
}

/** How long a controller takes from a change to its answer. */
export const REACTION_MS = 10;

export interface WorkQueue {
  /** Looks at a key after a while; a look that is already due sooner stands for it. */
  add(key: string, afterMs?: number): void;
}

/** Calls `reconcile` for each key that was added, as a controller's work queue does. */
export function createWorkQueue({ clock, signal }: ControllerContext, reconcile: (key: string) => void): WorkQueue {
  const dueAt = new Map<string, number>();
  const batches = new Map<number, Set<string>>();
  setMaxListeners(0, signal);

  const workOff = async (at: number) => {
    await clock.sleep(at - clock.now(), signal);
    const batch = batches.get(at) ?? [];
    batches.delete(at);
    for (const key of batch) {
      if (dueAt.get(key) !== at) continue;
      dueAt.delete(key);
      reconcile(key);
    }
  };

  return {
    add: (key, afterMs = REACTION_MS) => {
      const at = clock.now() + afterMs;
      const planned = dueAt.get(key);
      if (!Number.isFinite(at) || (planned !== undefined && planned <= at)) return;
      dueAt.set(key, at);
      const batch = batches.get(at);
      if (batch) {
        batch.add(key);
        return;
      }
      batches.set(at, new Set([key]));
      workOff(at).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
  };
}
