import type { BudgetView } from '../lifecycle/node.ts';
import type { PlanPod } from './snapshot.ts';

/**
 * The budgets that an eviction of the pod would ask, among those that select it. None is asked for a pod that has not started; two are one
 * too many whatever the pod's state; and a pod that is not ready may go when its budget has enough others, or says so.
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function holdingBudgets(
  pod: Pick<PlanPod, 'phase' | 'ready'>,
  mine: readonly BudgetView[],
): readonly BudgetView[] {
  if (pod.phase === 'Pending') return [];
  const [only] = mine;
  return mine.length === 1 && only && !pod.ready && letsUnreadyGo(only) ? [] : mine;
}

function letsUnreadyGo({ unhealthyPodEvictionPolicy, currentHealthy, desiredHealthy }: BudgetView): boolean {
  return unhealthyPodEvictionPolicy === 'AlwaysAllow' || (desiredHealthy > 0 && currentHealthy >= desiredHealthy);
}
