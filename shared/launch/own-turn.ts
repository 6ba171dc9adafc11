import type { LaunchPlace } from './launch-place.ts';
import type { LaunchSession } from './launch-session.ts';
import { tried } from './tried.ts';

/** So long are others waited for: their time is over, too, but another hook may hold them, or nobody work on them. */
const patienceMilliseconds = 120_000;
/** Before the hook's own end, which nothing moves. */
const lastMilliseconds = 30_000;

/** Launches of its group that may be abandoned before this one, and those that were. */
export interface Others {
  before: number | 'unknown';
  abandoned: number | 'unknown';
}

/**
 * Who was launched first is given up first. Those that were abandoned are counted after that: one that is abandoned in between is in both,
 * and would be in neither the other way round.
 */
export async function lookAtOthers(session: LaunchSession): Promise<Others> {
  const { ports, input, settings } = session;
  const { instanceId, groupName } = input.action;
  const now = ports.clock.now();
  const since = now - settings.policy.abandonedWindowSeconds * 1000;
  const held = await tried(session, 'held launches', (signal) =>
    ports.autoScaling.heldLaunches(groupName, now, signal),
  );
  const abandoned = await tried(session, 'abandoned launches', (signal) =>
    ports.autoScaling.countAbandoned(groupName, since, signal),
  );
  const before = held === 'unknown' ? -1 : held.indexOf(instanceId);
  return { before: before === -1 ? 'unknown' : before, abandoned };
}

/**
 * Launches that are given up at the same moment would all count the same: so many are abandoned as there is room for, and the others look
 * again. Who is not to be abandoned waits for nobody.
 */
export function mustWait(session: LaunchSession, place: LaunchPlace, { before, abandoned }: Others): boolean {
  const { ports, settings, state } = session;
  const room = abandoned === 'unknown' ? 0 : settings.policy.mostAbandoned - abandoned;
  if (room <= 0 || place.inService) return false;
  const hookEndsAt = state.startedAt + place.hook.globalTimeoutSeconds * 1000;
  if (ports.clock.now() >= Math.min(place.deadlineAt + patienceMilliseconds, hookEndsAt - lastMilliseconds))
    return false;
  return before === 'unknown' || before >= room;
}
