import { diagnose } from '../lifecycle/launch-diagnosis.ts';
import { isSilent, neverReadyEnd, noteTaint } from '../lifecycle/launch-ends.ts';
import type { Unready } from './await-ready.ts';
import { gatherFacts } from './gather-facts.ts';
import type { LaunchPlace } from './launch-place.ts';
import { type LaunchSession, type LaunchTurn, launchId } from './launch-session.ts';
import { lookAtOthers, mustWait } from './own-turn.ts';

const lookAgainSeconds = 10;

/** The deadline is over: why it is not ready, and what becomes of it. */
export async function giveUp(session: LaunchSession, place: LaunchPlace, seen: Unready): Promise<LaunchTurn> {
  const { ports, state, settings, input } = session;
  const { answeredAt } = state;
  const others = await lookAtOthers(session);
  const { abandoned } = others;
  if (!isSilent(answeredAt, ports.clock.now()) && mustWait(session, place, others)) {
    const text = `${seen.missing}; the deadline is over, and other launches of the group are given up first`;
    return { again: lookAgainSeconds, phase: 'diagnosing', text };
  }
  const diagnosis = diagnose(await gatherFacts(session, place, seen));
  ports.log.warn('launch given up', { launch: launchId(input), missing: seen.missing, diagnosis, abandoned });
  const { defaultResult } = place.hook;
  const { policy } = settings;
  const givingUp = { diagnosis, answeredAt, missing: seen.missing, abandoned, defaultResult, policy };
  return { end: noteTaint(neverReadyEnd(givingUp, ports.clock.now()), seen.node) };
}
