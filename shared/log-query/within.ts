import type { Clock } from '../ports.ts';

/** Work with a time limit and a signal of its own, so that it is done even when the run is being ended. */
export async function within<T>(
  milliseconds: number,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const [over, done] = [new AbortController(), new AbortController()];
  const tooLong = () => over.abort(new Error(`no answer within ${milliseconds / 1000} s`));
  const timer = clock.sleep(milliseconds, done.signal).then(tooLong, () => undefined);
  try {
    return await work(over.signal);
  } finally {
    done.abort();
    await timer;
  }
}
