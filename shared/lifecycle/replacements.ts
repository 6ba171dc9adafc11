import { budgetsOf, selects } from './budget-match.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';
import { isSameWorkload, workloadOf } from './workload.ts';

/** A pod that has no node yet, and why, in the scheduler's words. */
export interface PendingReplacement {
  pod: PodView;
  because: string;
}

/**
 * Who is to take a pod's place, or the place of another under its budget, and finds no node: until it does, nothing is allowed to go.
 * `neighbours`: the pods of its namespace.
 */
export function pendingReplacementOf(
  pod: PodView,
  budgets: readonly BudgetView[],
  neighbours: readonly PodView[],
): PendingReplacement | undefined {
  const mine = budgetsOf(pod, budgets);
  const pending = neighbours.flatMap((each) =>
    each.phase === 'Pending' && each.unschedulable !== undefined && each.deletionAt === undefined
      ? [{ pod: each, because: each.unschedulable }]
      : [],
  );
  const own = pending.find((each) => isKin(pod, each.pod));
  return own ?? pending.find((each) => mine.some((budget) => selects(budget, each.pod)));
}

/** Pods of other workloads that its budget counts, too, and that are not ready: a selector that takes in more than it was meant to. */
export function strangersOf(
  pod: PodView,
  budgets: readonly BudgetView[],
  neighbours: readonly PodView[],
): readonly PodView[] {
  const mine = budgetsOf(pod, budgets);
  return neighbours.filter(
    (each) =>
      !each.ready &&
      each.deletionAt === undefined &&
      each.phase !== 'Succeeded' &&
      each.phase !== 'Failed' &&
      !isKin(pod, each) &&
      mine.some((budget) => selects(budget, each)),
  );
}

/** Of the same controller, or, while it rolls, of the same Deployment. */
function isKin(a: PodView, b: PodView): boolean {
  if (a.controller !== undefined && a.controller.uid === b.controller?.uid) return true;
  return isSameWorkload(workloadOf(a), workloadOf(b));
}
