import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { type ForceTurn, isTurnOver, readTurn, turnAnnotations, turnMilliseconds } from '../lifecycle/force-turn.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { Clock, ClusterPort, LeaseView } from '../ports.ts';

export type ForceOutcome =
  | { kind: 'deleted' }
  | { kind: 'gone' }
  /** Another pod of the same budget has its turn, at the latest until then (epoch milliseconds). */
  | { kind: 'not-its-turn'; until: number; text: string }
  | { kind: 'refused'; text: string };

/**
 * Deletes a pod past its budgets, with a UID precondition and at least a second of grace: one pod for each budget at a time, over all drains
 * of the cluster, by a Lease named after the budget's UID.
 */
export async function forcePod(
  pod: PodView,
  graceSeconds: number,
  budgets: readonly BudgetView[],
  drain: string,
  ports: { cluster: ClusterPort; clock: Clock },
  signal: AbortSignal,
): Promise<ForceOutcome> {
  const inOneOrder = budgets.toSorted((a, b) => a.uid.localeCompare(b.uid));
  for (const budget of inOneOrder) {
    const turn = await takeTurn(pod, budget, drain, ports, signal);
    if (turn !== 'taken') return turn;
  }
  const answer = await ports.cluster.deletePod(pod, { graceSeconds: Math.max(1, graceSeconds) }, signal);
  if (answer.ok) return { kind: 'deleted' };
  const { code } = answer.failure;
  if (code === 404 || code === 409) return { kind: 'gone' };
  return { kind: 'refused', text: `the delete was refused too: ${answer.failure.message}` };
}

async function takeTurn(
  pod: PodView,
  budget: BudgetView,
  drain: string,
  { cluster, clock }: { cluster: ClusterPort; clock: Clock },
  signal: AbortSignal,
): Promise<'taken' | ForceOutcome> {
  const name = `pdb-${budget.uid}`;
  const now = clock.now();
  const mine: ForceTurn = {
    podUid: pod.uid,
    namespace: pod.namespace,
    name: pod.name,
    healthyBefore: budget.currentHealthy,
    at: now,
  };
  const draft = {
    name,
    holder: drain,
    durationSeconds: turnMilliseconds / 1000,
    renewedAt: now,
    annotations: turnAnnotations(mine),
  };
  const found = await cluster.getLease(name, signal);
  if (!found.ok && found.failure.code !== 404) return unanswered(found.failure, now);
  if (!found.ok) {
    const created = await cluster.createLease(draft, signal);
    return created.ok ? 'taken' : unanswered(created.failure, now);
  }
  const before = readTurn(found.value.annotations, found.value.renewedAt);
  if (before?.podUid === pod.uid && found.value.holder === drain) return 'taken';
  if (before && !(await isOver(before, found.value))) {
    const text = `${before.namespace}/${before.name} was deleted past the budget ${budget.name} and is not replaced yet`;
    return { kind: 'not-its-turn', until: before.at + turnMilliseconds, text };
  }
  const updated = await cluster.updateLease({ ...draft, resourceVersion: found.value.resourceVersion }, signal);
  return updated.ok ? 'taken' : unanswered(updated.failure, now);

  async function isOver(turn: ForceTurn, lease: LeaseView): Promise<boolean> {
    if (isTurnOver(turn, false, budget, now)) return true;
    const look = await cluster.getPod(turn, signal);
    const gone = look.ok ? look.value.uid !== turn.podUid : look.failure.code === 404;
    return isTurnOver({ ...turn, at: lease.renewedAt }, gone, budget, now);
  }
}

/** Somebody was faster (409), or the Lease cannot be had: another try soon, within the drain's own time. */
function unanswered(failure: ApiFailure, now: number): ForceOutcome {
  if (failure.code === 409)
    return { kind: 'not-its-turn', until: now + turnMilliseconds, text: 'another drain took the turn' };
  return { kind: 'refused', text: `the turn could not be taken: ${failure.message}` };
}
