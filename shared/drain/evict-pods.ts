import { endOf } from '../lifecycle/deadline.ts';
import { decide, type JudgedPod } from '../lifecycle/decide.ts';
import { soonerDeadline } from '../lifecycle/mark.ts';
import { noteEntry, noteSeen } from '../lifecycle/report-draft.ts';
import { turnOf } from './evict-turn.ts';
import { closeFloor, type DrainPlace, type Floor, openFloor } from './floor.ts';
import { judge, settledAtOf } from './judge.ts';
import type { Session, Turn } from './session.ts';
import { startStep } from './start-step.ts';
import { tellVerdicts } from './tell-verdicts.ts';
import { inTrouble, readTrouble } from './trouble.ts';

/** A look at the clock at least this often: verdicts and force moments change with time alone. */
const lookMilliseconds = 5_000;
/** Whatever falls due, the loop is not to spin. */
const leastPauseMilliseconds = 100;

/** Steps 4 and 5: lets the cordon settle, then evicts tier by tier until nothing evictable is left. */
export async function evictPods(session: Session, place: DrainPlace): Promise<{ turn: Turn } | 'empty'> {
  const { ports, budget } = session;
  const settledAt = settledAtOf(session, place.marked);
  if (ports.clock.now() < settledAt) await ports.clock.sleep(settledAt - ports.clock.now(), budget.signal);
  const floor = await openFloor(session, place);
  if (!floor.ok) {
    return {
      turn: inTrouble(
        session,
        readTrouble(floor.failure),
        `listing the pods of ${place.marked.node.name}`,
        floor.failure,
      ),
    };
  }
  try {
    return await evictUntilEmpty(session, floor.value);
  } finally {
    await closeFloor(floor.value);
  }
}

async function evictUntilEmpty(session: Session, floor: Floor): Promise<{ turn: Turn } | 'empty'> {
  const { ports, settings, budget } = session;
  for (;;) {
    if (floor.failures.length > 0)
      throw new Error(`evicting the pods of ${floor.marked.node.name}`, { cause: floor.failures[0] });
    const judged = await judge(session, floor.marked, floor.facts, floor.pods.items());
    const now = ports.clock.now();
    tellVerdicts(session, judged);
    noteProgress(session, judged, now);
    const endsAt = endsAtOf(session, floor);
    const { attempts, inFlightLimit } = floor.ledger;
    const times = { deadlineAt: floor.marked.deadlineAt, endsAt };
    const seen = { pods: judged, attempts, budgets: floor.budgets.items(), inFlightLimit, ...times };
    const decision = decide(seen, settings.policy, now);
    const turn = turnOf(session, floor, decision, endsAt, now);
    if (turn) return turn;
    for (const step of decision.steps) startStep(session, floor, judged, step);
    const nextAt = Math.min(decision.dueAt ?? Number.POSITIVE_INFINITY, now + lookMilliseconds, budget.endsAt);
    await floor.wake.waitUntil(Math.max(nextAt, now + leastPauseMilliseconds), ports.clock, budget.signal);
  }
}

function noteProgress({ report, state }: Session, judged: readonly JudgedPod[], now: number): void {
  for (const gone of noteSeen(report, judged, now)) {
    state.progressAt = now;
    noteEntry(report, 'gone', 'it is gone from the node', now, gone);
  }
}

function endsAtOf({ state, settings }: Session, { marked, hook }: Floor): number {
  return endOf({
    startedAt: state.startedAt,
    globalTimeoutSeconds: hook.globalTimeoutSeconds,
    soonerAt: soonerDeadline(marked.node.annotations),
    extendedUntil: state.extendedUntil,
    policy: settings.policy,
  });
}
