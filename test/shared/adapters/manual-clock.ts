import type { Clock } from '../../../shared/ports.ts';

/** Sleeps are over at once, and time goes on by them. */
export function manualClock(now = Date.parse('2026-11-21T08:00:00Z')): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => now + slept.reduce((sum, each) => sum + each, 0),
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
    },
  };
}
