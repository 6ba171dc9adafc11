import type { ClusterPort } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { Clock } from '../ports.ts';
import { giveTurnBack, type Turn, takeTurn } from './force-turns.ts';

export type ForceOutcome =
  | { kind: 'deleted' }
  | { kind: 'gone' }
  /** Another pod of the same budget has its turn, at the latest until then (epoch milliseconds). */
  | { kind: 'not-its-turn'; until: number; text: string }
  /** Nobody answered, and the pod shows nothing: the delete may take effect yet. */
  | { kind: 'unanswered'; text: string }
  | { kind: 'refused'; text: string };

export interface ForceOrder {
  pod: PodView;
  graceSeconds: number;
  budgets: readonly BudgetView[];
  /** Whose drain it is. */
  drain: string;
  /** Called once the pod may be deleted, before it is: what happens then must not go untold, whatever happens to us. */
  beforeDelete: () => Promise<void>;
}

/** A process that stood still since it took its turn asks for it again: another drain's turn counts from it, not from the delete. */
const freshMilliseconds = 30_000;

/**
 * Deletes a pod past its budgets, with a UID precondition and at least a second of grace: one pod for each budget at a time, over all drains
 * of the cluster, by a Lease named after the budget's UID.
 */
export async function forcePod(
  order: ForceOrder,
  ports: { cluster: ClusterPort; clock: Clock },
  signal: AbortSignal,
): Promise<ForceOutcome> {
  const { pod, graceSeconds } = order;
  const turns = new Map<string, Turn>();
  const notTaken = await takeTurns();
  if (notTaken) return notTaken;
  await order.beforeDelete();
  while (turns.values().some(({ lease }) => ports.clock.now() - lease.renewedAt > freshMilliseconds)) {
    const lost = await takeTurns();
    if (lost) return lost;
  }
  const answer = await ports.cluster.deletePod(pod, { graceSeconds: Math.max(1, graceSeconds) }, signal);
  const outcome = answer.ok ? { kind: 'deleted' as const } : await afterFailure(answer.failure);
  if (outcome.kind === 'refused') await giveBack();
  return outcome;

  /** In one order for all drains, so that two of them never wait for each other. */
  async function takeTurns(): Promise<ForceOutcome | undefined> {
    for (const budget of order.budgets.toSorted((a, b) => a.uid.localeCompare(b.uid))) {
      const turn = await takeTurn(pod, budget, order.drain, ports, signal);
      if (turn.kind !== 'taken') {
        await giveBack();
        return turn;
      }
      turns.set(budget.uid, turn);
    }
    return undefined;
  }

  async function giveBack(): Promise<void> {
    for (const turn of turns.values()) await giveTurnBack(turn, order.drain, ports, signal);
  }

  /**
   * An answer may be lost after its effect: the pod itself says whether it was deleted. Where none came from the server the effect may
   * still be to come: the turn is kept, it ends by itself.
   */
  async function afterFailure({ code, message }: ApiFailure): Promise<ForceOutcome> {
    if (code === 404 || code === 409) return { kind: 'gone' };
    if (code === undefined || code >= 500) {
      const look = await ports.cluster.getPod(pod, signal);
      const same = look.ok && look.value.uid === pod.uid;
      const known = look.ok || look.failure.code === 404;
      if (known && (!same || look.value.deletionAt !== undefined)) return { kind: 'deleted' };
      if (!known || code === undefined || code === 502 || code === 504)
        return { kind: 'unanswered', text: `it is not known whether the delete takes: ${message}` };
    }
    return { kind: 'refused', text: `the delete did not take either: ${message}` };
  }
}
