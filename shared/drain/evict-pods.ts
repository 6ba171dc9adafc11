import { type Decision, decide } from '../lifecycle/decide.ts';
import { turnOf } from './evict-turn.ts';
import { diagnoseLeft, noteStuck } from './explain-left.ts';
import { closeFloor, type DrainPlace, type Floor, noteChange, openFloor, throwFailures } from './floor.ts';
import { gather } from './gather.ts';
import { holdSurging } from './hold-surging.ts';
import { judge, settledAtOf } from './judge.ts';
import { lookAtNode } from './look-at-node.ts';
import { noteProgress } from './note-progress.ts';
import type { Session, Turn } from './session.ts';
import { startStep } from './start-step.ts';
import { timesOf } from './times.ts';

/** A look at the clock at least this often: verdicts and force moments change with time alone. */
const lookMilliseconds = 5_000;
/** Whatever falls due, the loop is not to spin. */
const leastPauseMilliseconds = 100;

/** Steps 4 and 5: lets the cordon settle, then evicts tier by tier until nothing evictable is left. */
export async function evictPods(session: Session, place: DrainPlace): Promise<{ turn: Turn } | 'empty'> {
  const unsettled = await settle(session, place);
  if (unsettled) return { turn: unsettled };
  await gather(session, place);
  const floor = await openFloor(session, place);
  try {
    return await evictUntilEmpty(session, floor);
  } finally {
    await closeFloor(floor);
  }
}

/** Answers a turn when the tick is over before the cordon has settled. */
async function settle({ ports, limit, settings }: Session, { marked }: DrainPlace): Promise<Turn | undefined> {
  const settledAt = settledAtOf({ settings }, marked);
  const until = Math.min(settledAt, limit.endsAt);
  if (ports.clock.now() < until) await ports.clock.sleep(until - ports.clock.now(), limit.signal);
  if (ports.clock.now() >= settledAt) return undefined;
  return { again: 1, phase: 'marking', text: 'letting the cordon settle' };
}

async function evictUntilEmpty(session: Session, floor: Floor): Promise<{ turn: Turn } | 'empty'> {
  const { ports, settings, limit } = session;
  const { place, ledger } = floor;
  for (;;) {
    throwFailures(floor);
    const stopped = await lookAtNode(session, place);
    if (stopped) return { turn: stopped };
    // Someone had uncordoned the node: until it has settled again a pod that comes back each time is not told from one that is late.
    const unsettled = await settle(session, place);
    if (unsettled) return { turn: unsettled };
    const judged = holdSurging(session, floor, await judge(session, place, floor.pods.items()));
    const now = ports.clock.now();
    if (!floor.pods.trouble()) noteProgress(session, judged, now);
    const { attempts, inFlightLimit } = ledger;
    const times = timesOf(session, place.marked.node.annotations);
    const budgets = settings.policy.disableEviction ? [] : floor.budgets.items();
    const seen = { pods: judged, attempts, budgets, inFlightLimit, ...times };
    const decision = decide(seen, settings.policy, now);
    noteChange(
      floor,
      decision.left.map(({ pod }) => pod),
      now,
    );
    const turn = turnOf(session, floor, decision, times.endsAt, now);
    if (turn) {
      await noteLeft(session, floor, decision, turn);
      return turn;
    }
    for (const step of decision.steps) startStep(session, floor, judged, step);
    const nextAt = Math.min(decision.dueAt ?? Number.POSITIVE_INFINITY, now + lookMilliseconds, limit.endsAt);
    await floor.wake.waitUntil(Math.max(nextAt, now + leastPauseMilliseconds), ports.clock, limit.signal);
  }
}

/** Before a tick sleeps, or gives up, there is time for a closer look at what holds the pods; one that is short of time has none. */
const closerLookMilliseconds = 10_000;

async function noteLeft(
  session: Session,
  floor: Floor,
  { left, blocked }: Decision,
  turn: { turn: Turn } | 'empty',
): Promise<void> {
  if (turn === 'empty') return noteStuck(session, []);
  if ('again' in turn.turn && turn.turn.phase !== 'evicting') return; // in trouble: what was found last stands
  const hasTime = session.limit.endsAt - session.ports.clock.now() > closerLookMilliseconds;
  await diagnoseLeft(session, floor, blocked.length > 0 ? blocked : left, hasTime && !session.hookLost);
}
