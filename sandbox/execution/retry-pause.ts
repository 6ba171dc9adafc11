import type { Retrier } from './definition.ts';
import type { TaskError } from './task-error.ts';

/** How long a state waits before it is tried again. */
export interface RetryPauses {
  /** Seconds; undefined when no retrier is left, and the counts start again. */
  after(error: TaskError): number | undefined;
  reset(): void;
}

/** Counts the attempts of each retrier as Step Functions does: the first that matches decides, each has its own count. */
export function createRetryPauses(retriers: readonly Retrier[], random: () => number): RetryPauses {
  const attempts = retriers.map(() => 0);
  const reset = () => {
    attempts.fill(0);
  };
  return {
    reset,
    after: (error) => {
      const index = error.isRetryable ? retriers.findIndex((retrier) => matches(retrier, error.name)) : -1;
      const retrier = retriers[index];
      const made = attempts[index] ?? 0;
      if (!retrier || made >= (retrier.MaxAttempts ?? 3)) {
        reset();
        return undefined;
      }
      attempts[index] = made + 1;
      const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
      const capped = Math.min(seconds, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
      return retrier.JitterStrategy === 'FULL' ? capped * random() : capped;
    },
  };
}

function matches(retrier: Retrier, name: string): boolean {
  return retrier.ErrorEquals.some(
    (pattern) =>
      pattern === name || pattern === 'States.ALL' || (pattern === 'States.TaskFailed' && name !== 'States.Timeout'),
  );
}
