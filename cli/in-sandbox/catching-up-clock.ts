import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Clock } from '../../shared/ports.ts';

/** Begins in the past, runs fast until it has caught up with the machine's own time, and is that from then on. */
export function catchingUpClock({ behindSeconds, speed }: { behindSeconds: number; speed: number }): Clock {
  const realStart = realClock.now();
  const start = realStart - behindSeconds * 1000;
  const now = () => Math.min(realClock.now(), start + (realClock.now() - realStart) * speed);
  const sleep = async (milliseconds: number, signal: AbortSignal) => {
    const until = now() + milliseconds;
    const caughtUpAt = realStart + (behindSeconds * 1000) / (speed - 1);
    const fast = realStart + (until - start) / speed;
    await realClock.sleep((fast < caughtUpAt ? fast : until) - realClock.now(), signal);
  };
  return { now, sleep };
}
