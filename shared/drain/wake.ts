import type { Clock } from '../ports.ts';

/** Wakes one waiting loop early: a watch saw something, or a request came back. */
export interface Wake {
  notify(): void;
  /** Until notified or until an instant (epoch milliseconds), whichever comes first. Rejects when the signal aborts. */
  waitUntil(at: number, clock: Clock, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  let notified = false;
  let wakeUp: (() => void) | undefined;
  return {
    notify() {
      notified = true;
      wakeUp?.();
    },
    async waitUntil(at, clock, signal) {
      signal.throwIfAborted();
      const over = new AbortController();
      if (!notified && at > clock.now()) {
        const woken = new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
        const slept = clock.sleep(at - clock.now(), AbortSignal.any([over.signal, signal])).catch(() => undefined);
        await Promise.race([woken, slept]);
        over.abort();
      }
      notified = false;
      wakeUp = undefined;
      signal.throwIfAborted();
    },
  };
}
