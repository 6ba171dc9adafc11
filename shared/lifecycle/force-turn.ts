import type { BudgetView } from './node.ts';

/** Who was deleted past a budget last, as written into the budget's Lease. Instants are epoch milliseconds. */
export interface ForceTurn {
  podUid: string;
  namespace: string;
  name: string;
  /** `status.currentHealthy` of the budget just before. */
  healthyBefore: number;
  at: number;
}

/** A turn ends after this however things stand: the next pod may go. */
export const turnMilliseconds = 300_000;

/** The disruption controller needs a moment to count a deletion. */
const countedAfterMilliseconds = 5_000;

/**
 * May the next pod of this budget be deleted past it? When the one before is gone and as many are healthy as were before it, or after five
 * minutes, which is all there is when nobody counts: fifty drains that reach their deadlines together must not delete a quorum together.
 */
export function isTurnOver(
  turn: ForceTurn,
  podGone: boolean,
  budget: Pick<BudgetView, 'currentHealthy' | 'generation' | 'observedGeneration' | 'syncFailure'>,
  now: number,
): boolean {
  if (now - turn.at >= turnMilliseconds) return true;
  const counted = budget.syncFailure === undefined && budget.observedGeneration >= budget.generation;
  return podGone && counted && now - turn.at >= countedAfterMilliseconds && budget.currentHealthy >= turn.healthyBefore;
}

/** Written and read as the annotations of a Lease. */
export function turnAnnotations(turn: ForceTurn): Record<string, string> {
  return {
    'eks-node-lifecycle.io/pod-uid': turn.podUid,
    'eks-node-lifecycle.io/pod': `${turn.namespace}/${turn.name}`,
    'eks-node-lifecycle.io/healthy-before': String(turn.healthyBefore),
  };
}

export function readTurn(annotations: Readonly<Record<string, string>>, at: number): ForceTurn | undefined {
  const podUid = annotations['eks-node-lifecycle.io/pod-uid'];
  const [namespace, name] = (annotations['eks-node-lifecycle.io/pod'] ?? '').split('/');
  const healthyBefore = Number(annotations['eks-node-lifecycle.io/healthy-before']);
  if (!podUid || !namespace || !name || !Number.isInteger(healthyBefore)) return undefined;
  return { podUid, namespace, name, healthyBefore, at };
}
