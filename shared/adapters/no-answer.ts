import { NoAnswerError, WatchRefusedError } from './kube-transport.ts';

/**
 * What a failed exchange is thrown as: the caller's own reason when it aborted, else a NoAnswerError that says what happened.
 * `limit` is the signal that ended it for taking too long, if it did.
 */
export function asThrown(error: unknown, where: string, caller: AbortSignal, limit: AbortSignal): unknown {
  if (caller.aborted) return caller.reason;
  if (error instanceof NoAnswerError || error instanceof WatchRefusedError) return error;
  return noAnswer(`no answer from ${where}`, limit.aborted ? limit.reason : error);
}

export function noAnswer(what: string, cause: unknown): NoAnswerError {
  return new NoAnswerError(`${what}: ${textOf(cause)}`, { cause });
}

/** A connect refused on two address families is an AggregateError without a message. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(textOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** The promise, or the signal's reason as soon as it aborts, at once when it has. */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
