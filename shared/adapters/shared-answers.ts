import type { Clock } from '../ports.ts';
import { orAbort } from './no-answer.ts';

export interface SharedAnswers<T> {
  /** A remembered answer that is fresh enough, else the one that is under way, else a new one. */
  get(key: string, isFresh: (value: T, ageMilliseconds: number) => boolean, signal: AbortSignal): Promise<T>;
  forget(key: string): void;
}

/** Longer than a client takes to give up: one who asks and leaves must not take the answer from those who wait with him. */
const patienceMilliseconds = 60_000;

/** Answers by what was asked, shared by all drains of a warm function. What failed is not remembered. */
export function sharedAnswers<T>(
  ask: (key: string, signal: AbortSignal) => Promise<T>,
  { clock }: { clock: Clock },
): SharedAnswers<T> {
  const known = new Map<string, { value: T; at: number }>();
  const underWay = new Map<string, Promise<T>>();

  const askNow = async (key: string): Promise<T> => {
    try {
      const value = await ask(key, AbortSignal.timeout(patienceMilliseconds));
      known.set(key, { value, at: clock.now() });
      return value;
    } finally {
      underWay.delete(key);
    }
  };

  return {
    async get(key, isFresh, signal) {
      signal.throwIfAborted();
      const before = known.get(key);
      if (before && isFresh(before.value, clock.now() - before.at)) return before.value;
      const asked = underWay.get(key) ?? askNow(key);
      underWay.set(key, asked);
      return orAbort(asked, signal);
    },
    forget: (key) => void known.delete(key),
  };
}
