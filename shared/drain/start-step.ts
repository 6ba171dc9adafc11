import { budgetKey } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import type { JudgedPod, Step } from '../lifecycle/decide.ts';
import { evictPod } from './evict-pod.ts';
import { forcedName } from './evict-turn.ts';
import { markInFlight } from './eviction-ledger.ts';
import type { Floor } from './floor.ts';
import { type ForceOutcome, forcePod } from './force-pod.ts';
import { markForced } from './mark-forced.ts';
import { drainId, type Session } from './session.ts';
import { settleEviction } from './settle-eviction.ts';
import { noteForce, settleForce } from './settle-force.ts';

/** Sends a step on its way; its outcome is noted when it comes, and wakes the loop. */
export function startStep(session: Session, floor: Floor, judged: readonly JudgedPod[], step: Step): void {
  const one = judged.find(({ pod }) => pod.uid === step.pod.uid);
  if (!one) return;
  markInFlight(floor.ledger, step.pod.uid);
  const running = perform(session, floor, one, step)
    .catch((error: unknown) => void floor.failures.push(error))
    .finally(() => {
      floor.underWay.delete(running);
      floor.wake.notify();
    });
  floor.underWay.add(running);
}

async function perform(session: Session, floor: Floor, judged: JudgedPod, step: Step): Promise<void> {
  const { ledger, budgets, place } = floor;
  if (step.do === 'evict') {
    const askedAt = session.ports.clock.now();
    const { disableEviction } = session.settings.policy;
    const outcome = await evictPod(step.pod, step, place.cluster, session.limit.signal, disableEviction);
    settleEviction(session, ledger, place.cluster, judged, outcome, budgets.items(), askedAt);
  } else {
    const { outcome, tried } = await force(session, floor, step);
    settleForce(session, ledger, step, outcome, tried);
  }
}

/**
 * The budgets are read anew: one that our list does not show yet, or that has been created again, must not be passed over. A pod that a
 * budget held is never deleted without knowing which.
 */
async function force(
  session: Session,
  floor: Floor,
  step: Extract<Step, { do: 'force' }>,
): Promise<{ outcome: ForceOutcome; tried: boolean }> {
  const { ports, limit, input } = session;
  const { pod, graceSeconds } = step;
  const { cluster } = floor.place;
  const listed = await cluster.listBudgets(limit.signal);
  if (!listed.ok) return heldBack(`its budgets cannot be read: ${listed.failure.message}`);
  const budgets = budgetsOf(pod, listed.value.items);
  const held = floor.ledger.attempts.get(pod.uid)?.last?.kind;
  if (budgets.length === 0 && (held === 'budget' || held === 'two-budgets')) {
    return heldBack('no budget selects it any more: asking again');
  }
  const nodeName = floor.place.marked.node.name;
  const name = forcedName(pod, budgets.map(budgetKey));
  let tried = false;
  const beforeDelete = async () => {
    tried = true;
    await markForced(session, cluster, nodeName, name, 'forced');
    await noteForce(session, floor.ledger, cluster, pod, graceSeconds, budgets.map(budgetKey));
  };
  const order = { pod, graceSeconds, budgets, drain: drainId(input), beforeDelete };
  const outcome = await forcePod(order, { cluster, clock: ports.clock }, limit.signal);
  if (tried && outcome.kind === 'refused') await markForced(session, cluster, nodeName, name, 'not-forced');
  return { outcome, tried };
}

function heldBack(text: string) {
  return { outcome: { kind: 'refused' as const, text }, tried: false };
}
