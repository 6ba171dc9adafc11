import type { Clock } from '../ports.ts';

/**
 * One after the other, at the pace that a process may call an API in; made once, where clients are made, and shared by all who call it. Who
 * is aborted while it waits leaves its turn unused.
 */
export function createTurns(
  { perSecond }: { perSecond: number },
  clock: Clock,
): (signal: AbortSignal) => Promise<void> {
  let [freeAt, asked] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return async (signal) => {
    signal.throwIfAborted();
    const now = clock.now();
    // A clock that was set back would have everybody wait for what it told before.
    if (now < asked) freeAt -= asked - now;
    asked = now;
    const turnAt = Math.max(now, freeAt);
    freeAt = turnAt + 1000 / perSecond;
    if (turnAt > now) await clock.sleep(turnAt - now, signal);
  };
}

/** GetQueryResults may be called five times a second by all of an account and region together. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const logsCallsPerSecond = 4;
