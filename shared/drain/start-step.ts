import type { JudgedPod, Step } from '../lifecycle/decide.ts';
import { evictPod } from './evict-pod.ts';
import { markInFlight, settleEviction, settleForce } from './eviction-ledger.ts';
import type { Floor } from './floor.ts';
import { forcePod } from './force-pod.ts';
import { drainId, type Session } from './session.ts';

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
  const { cluster, ledger, budgets } = floor;
  const { signal } = session.budget;
  if (step.do === 'evict') {
    const outcome = await evictPod(step.pod, step.graceSeconds, cluster, signal);
    settleEviction(session, ledger, cluster, judged, outcome, budgets.items());
  } else {
    const tools = { cluster, clock: session.ports.clock };
    const outcome = await forcePod(step.pod, step.graceSeconds, step.budgets, drainId(session.input), tools, signal);
    settleForce(session, ledger, cluster, step, outcome);
  }
}
