import type { Clock } from '../ports.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/** A right that we were not given; asking again is of no use. */
export class DeniedError extends Error {
  override name = 'DeniedError';
  /** As a policy names it, for example `elasticloadbalancing:DescribeTargetHealth`. */
  readonly right: string;
  constructor(right: string, options: ErrorOptions) {
    super(`not allowed: ${right}`, options);
    this.right = right;
  }
}

/** `what` is a gerund that names the object, for the error; the error's cause is what the client threw. */
export type PacedCall = <T>(operation: string, what: string, send: () => Promise<T>, signal: AbortSignal) => Promise<T>;

const pauseMilliseconds = 10_000;
const deniedMilliseconds = 60_000;
const throttled = ['Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'DependencyThrottleException'];

/**
 * Calls of one API whose limits the whole account shares: few at a time, and none for ten to twenty seconds after the client has given
 * up on being throttled; what is asked meanwhile fails at once. A
 * question that is denied is not asked again for a minute; a change may be denied for one resource and allowed for another.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 */
export function pacedCalls(
  { prefix, atOnce }: { prefix: string; atOnce: number },
  { clock, random }: { clock: Clock; random: () => number },
): PacedCall {
  const held = new Map<string, { until: number; error: unknown }>();
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const holdOff = (operation: string, milliseconds: number, error: unknown) =>
    held.set(operation, { until: clock.now() + milliseconds, error });
  const throwIfHeld = (operation: string) => {
    for (const key of ['*', operation]) {
      const hold = held.get(key);
      if (hold && clock.now() < hold.until) throw hold.error;
    }
  };

  const noting = async <T>(operation: string, answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (isCausedBy(error, ...throttled)) holdOff('*', pauseMilliseconds * (1 + random()), error);
      if (!isCausedBy(error, 'AccessDenied', 'AccessDeniedException')) throw error;
      const denied = new DeniedError(`${prefix}:${operation}`, { cause: error });
      if (operation.startsWith('Describe')) holdOff(operation, deniedMilliseconds, denied);
      throw denied;
    }
  };

  return async (operation, what, send, signal) => {
    if (underWay < atOnce) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      signal.throwIfAborted();
      throwIfHeld(operation);
      return await noting(operation, during(what, signal, send()));
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };
}

/** The service's own code for what was thrown, behind what was being done. */
export function isCausedBy(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && isNamed(error.cause, ...names);
}
