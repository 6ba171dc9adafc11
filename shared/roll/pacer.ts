import type { Clock } from '../ports.ts';

const lookMs = 10_000;
const settleMs = 1_000;

/** When the next look is. */
export interface Pacer {
  /** A drain ended. */
  wake(): void;
  /** After something was done, since Auto Scaling takes a moment. */
  settle(): Promise<void>;
  /** After nothing was to be done: until something may have changed, or one of these aborts. */
  rest(early: AbortSignal | undefined): Promise<void>;
}

/** Throws the signal's reason when it aborts. */
export function createPacer(clock: Clock, signal: AbortSignal): Pacer {
  let woken = new AbortController();
  const sleep = async (milliseconds: number, early: readonly AbortSignal[]) => {
    const any = AbortSignal.any([signal, ...early]);
    if (!any.aborted) await clock.sleep(milliseconds, any).catch(() => undefined);
    signal.throwIfAborted();
  };
  return {
    wake: () => woken.abort(),
    settle: () => sleep(settleMs, []),
    rest: async (early) => {
      await sleep(lookMs, [woken.signal, ...(early ? [early] : [])]);
      woken = new AbortController();
    },
  };
}
