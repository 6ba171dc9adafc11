import type { Clock } from '../../shared/ports.ts';
import type { Retrier } from './definition.ts';
import { createRetryPauses, type RetryPauses } from './retry-pause.ts';
import { TaskError } from './task-error.ts';

export type Handler = (input: unknown, signal: AbortSignal) => Promise<unknown>;

/** Of input and output of a state. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LARGEST_BYTES = 262_144;

/**
 * A Task's handler with its time limit and its pauses between attempts on the clock. The interpreter itself is told to retry
 * at once; the pause is made up for when it calls again.
 */
export function createClockedTask(
  handler: Handler,
  limits: { retriers: readonly Retrier[]; seconds: number | undefined },
  stopped: AbortSignal,
  { clock, random }: { clock: Clock; random: () => number },
): (input: unknown) => Promise<unknown> {
  // By their input: the iterations of a Map are in the same state side by side.
  const failing = new Map<string, { pauses: RetryPauses; seconds: number }>();
  return async (input) => {
    stopped.throwIfAborted();
    const key = JSON.stringify(input);
    const before = failing.get(key);
    if (before) await clock.sleep(before.seconds * 1000, stopped);
    try {
      const output = asJson(await inTime(limits.seconds, (signal) => handler(asJson(input), signal), stopped, clock));
      failing.delete(key);
      return output;
    } catch (error) {
      stopped.throwIfAborted();
      const failure = error instanceof TaskError ? error : lambdaFailure(error);
      const pauses = before?.pauses ?? createRetryPauses(limits.retriers, random);
      const seconds = pauses.after(failure);
      if (seconds === undefined) failing.delete(key);
      else failing.set(key, { pauses, seconds });
      throw failure;
    }
  };
}

async function inTime(
  limitSeconds: number | undefined,
  work: (signal: AbortSignal) => Promise<unknown>,
  stopped: AbortSignal,
  clock: Clock,
): Promise<unknown> {
  if (limitSeconds === undefined) return work(stopped);
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const limit = clock.sleep(limitSeconds * 1000, signal).then(() => {
    throw new TaskError('States.Timeout', `no answer within ${limitSeconds} s`);
  });
  try {
    return await Promise.race([work(signal), limit]);
  } finally {
    over.abort();
  }
}

/** How a function's exception reaches the state machine: its type is the error's name, the cause is a JSON text. */
function lambdaFailure(error: unknown): TaskError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new TaskError(name, JSON.stringify({ errorMessage: message, errorType: name }), { cause: error });
}

function asJson(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  if (Buffer.byteLength(text) > LARGEST_BYTES) {
    throw new TaskError('States.DataLimitExceeded', `${text.length} characters are too large`, { retryable: false });
  }
  return JSON.parse(text);
}
