import type { PodView } from './pod.ts';

const orderKey = 'eks-node-lifecycle.io/drain-order';

/**
 * Where a pod stands in the queue, lowest first: its own `drain-order` (any integer, default 0), then the two system priority classes by
 * name. https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
 */
export function tierOf(pod: Pick<PodView, 'annotations' | 'labels' | 'priorityClassName'>): number {
  const order = pod.annotations[orderKey] ?? pod.labels[orderKey];
  if (order !== undefined && /^-?\d{1,9}$/.test(order)) return Number(order);
  if (pod.priorityClassName === 'system-cluster-critical') return 1e10;
  if (pod.priorityClassName === 'system-node-critical') return 2e10;
  return 0;
}
