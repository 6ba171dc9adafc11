import type { Clock } from '../ports.ts';

/** What the work comes to, or `late` when it is not over at that instant (epoch milliseconds); its signal is aborted then. */
export async function inTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  until: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<T | 'late'> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const late = clock.sleep(until - clock.now(), both).then(() => 'late' as const);
  try {
    return await Promise.race([work(both), late]);
  } finally {
    over.abort(new Error('not needed any longer'));
  }
}
