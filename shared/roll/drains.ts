import type { RollMemory } from './roll-memory.ts';
import type { RollPorts } from './roll-ports.ts';
import type { RollStep } from './roll-step.ts';

export interface Drains {
  /** Comes back at once; how it ended is in the memory then. */
  begin(step: RollStep & { kind: 'drain' }, until: AbortSignal): void;
  /** Until none is under way. */
  over(): Promise<unknown>;
}

/** The drains of this process. */
export function createDrains(memory: RollMemory, { drainNode, clock, tell }: RollPorts, wake: () => void): Drains {
  const underWay = new Set<Promise<void>>();
  return {
    begin({ node, instanceId, givesBack }, until) {
      memory.drains.set(instanceId, 'running');
      if (givesBack) memory.givers.add(instanceId);
      const drain = drainNode(node, instanceId, until)
        // It is told like a drain that failed, and stops the roll.
        .catch((error: unknown) => ({ ok: false, reason: 'error', text: String(error) }))
        .then((answer) => {
          memory.drains.set(instanceId, answer);
          underWay.delete(drain);
          tell({ at: clock.now(), kind: 'drained', node, instanceId, answer });
          wake();
        });
      underWay.add(drain);
    },
    over: () => Promise.all(underWay),
  };
}
