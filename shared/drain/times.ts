import { deadlineOf, endOf } from '../lifecycle/deadline.ts';
import { soonerDeadline } from '../lifecycle/mark.ts';
import type { Session } from './session.ts';

/** Force moments count back from `deadlineAt`; the drain is over at `endsAt`. Epoch milliseconds. */
export interface DrainTimes {
  deadlineAt: number;
  endsAt: number;
}

/** By hook, policy, waits for forced deletes, and what an event without a hook noted on the node. */
export function timesOf(session: Session, annotations: Readonly<Record<string, string>> = {}): DrainTimes {
  const { state, settings, hook, notice } = session;
  if (!hook && !notice) throw new Error('the times of a drain are known once its hook or its notice is verified');
  const { startedAt, extendedUntil } = state;
  const globalTimeoutSeconds = hook?.globalTimeoutSeconds ?? settings.policy.deadlineSeconds;
  const soonerAt = soonest(soonerDeadline(annotations, startedAt), notice?.goesAt);
  const clock = { startedAt, globalTimeoutSeconds, soonerAt, policy: settings.policy };
  return { deadlineAt: deadlineOf(clock), endsAt: endOf({ ...clock, extendedUntil }) };
}

function soonest(...instants: (number | undefined)[]): number | undefined {
  const known = instants.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
