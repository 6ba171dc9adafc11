import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Clock } from '../../shared/ports.ts';

/** Runs so many times as fast as the machine's own, from now on. */
export function fastClock(speed: number): Clock {
  const start = realClock.now();
  return {
    now: () => start + (realClock.now() - start) * speed,
    sleep: (milliseconds, signal) => realClock.sleep(milliseconds / speed, signal),
  };
}
