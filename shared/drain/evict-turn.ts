import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { isTimeUp } from '../lifecycle/deadline.ts';
import type { Decision } from '../lifecycle/decide.ts';
import { blockedEnd, deadlineEnd } from '../lifecycle/ends.ts';
import type { Mark } from '../lifecycle/mark.ts';
import { changeIsNear, nextLookSeconds, quietMilliseconds } from '../lifecycle/next-look.ts';
import { isAnyInFlight } from './eviction-ledger.ts';
import { explainLeft } from './explain-left.ts';
import type { Floor } from './floor.ts';
import type { Session, Turn } from './session.ts';
import { waitsUntil } from './surges.ts';
import { inTrouble, outOfTrouble, readTrouble } from './trouble.ts';

/** Is there nothing left to do in this tick, and what does it answer then? undefined: the loop goes on. */
export function turnOf(
  session: Session,
  floor: Floor,
  decision: Decision,
  endsAt: number,
  now: number,
): { turn: Turn } | 'empty' | undefined {
  const { settings, state, limit } = session;
  const pods = decision.left.map(({ pod }) => pod);
  const timeUp = pods.length > 0 && isTimeUp(pods, endsAt, now, settings.policy);
  const trouble = floor.pods.trouble() ?? unreachable(floor.budgets.trouble());
  if (trouble && !timeUp)
    return {
      turn: inTrouble(session, readTrouble(trouble), `following the pods of ${floor.place.marked.node.name}`, trouble),
    };
  if (!trouble) outOfTrouble(session);
  if (decision.blocked.length > 0) return { turn: { end: blockedEnd(explainLeft(session, floor, decision.blocked)) } };
  if (pods.length === 0 && !isAnyInFlight(floor.ledger)) return 'empty';
  const text = explainLeft(session, floor, decision.left);
  if (timeUp)
    return { turn: { end: deadlineEnd(text, forcedNames(session, floor.place.marked.mark), settings.policy) } };
  const again = (seconds: number) => ({
    turn: { again: seconds, phase: 'evicting', text, podsLeft: pods.length } as const,
  });
  if (session.hookLost) return again(5);
  if (now >= limit.endsAt) return again(1);
  const busy = decision.steps.length > 0 || isAnyInFlight(floor.ledger) || changeIsNear(pods, now);
  const lastChange = Math.max(state.progressAt, floor.changed.at, floor.ledger.wokenAt);
  if (busy || now - lastChange < quietMilliseconds) return undefined;
  return again(nextLookSeconds(state.progressAt, [decision.forceAt, endsAt, waitsUntil(floor.surges)], now));
}

/** Without the right to list budgets the API server still heeds them: only what we can say of them is lost. */
function unreachable(trouble: ApiFailure | undefined): ApiFailure | undefined {
  return trouble?.code === 403 ? undefined : trouble;
}

/** Pods deleted past a refusal, over all ticks, and past which budgets; a count stands for those whose report was lost. */
export function forcedNames({ report, state }: Session, mark: Mark): string[] {
  const told = report.pods.filter(({ forcedAt }) => forcedAt !== undefined);
  const names = [...new Set([...told.map((record) => forcedName(record, record.forcedPast)), ...(mark.forced ?? [])])];
  const lost = state.counts.forced - names.length;
  return lost > 0 ? [...names, `${lost} of which the report is lost`] : names;
}

export function forcedName(pod: { namespace: string; name: string }, budgets: readonly string[] = []): string {
  return `${pod.namespace}/${pod.name}${budgets.length > 0 ? ` (budget ${budgets.join(' and ')})` : ''}`;
}
