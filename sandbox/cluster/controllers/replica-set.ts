import { isPodReady } from '../conditions.ts';
import type { Pod, Workload } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { readyForSeconds } from './availability.ts';
import { controllerOf, createPod, deletePod, isPodActive } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** Keeps as many pods as a ReplicaSet wants, and its status, which the Deployment reads. */
export function startReplicaSets(context: ControllerContext): void {
  const { store } = context;
  const setsByUid = createIndex(store, 'replicasets', ({ metadata }) => metadata.uid);
  const podsByOwner = createIndex(store, 'pods', (pod) => controllerOf(pod)?.uid);

  const reconcile = (uid: string) => {
    const [set] = setsByUid.of(uid);
    if (!set) return;
    const active = podsByOwner.of(uid).filter(isPodActive);
    const missing = (set.spec.replicas ?? 1) - active.length;
    for (let n = 0; n < missing; n++) createPod(set, set.spec.template, {}, context);
    for (const pod of active.sort(leastWorthFirst).slice(0, Math.max(0, -missing))) deletePod(pod, context);
    report(set, podsByOwner.of(uid).filter(isPodActive));
  };

  const report = (set: Workload, pods: Pod[]) => {
    const ready = pods.filter(isPodReady);
    const waits = ready.map((pod) => (set.spec.minReadySeconds ?? 0) - readyForSeconds(pod, context.clock.now()));
    const unavailable = waits.filter((seconds) => seconds > 0);
    const counts = {
      replicas: pods.length,
      readyReplicas: ready.length,
      availableReplicas: ready.length - unavailable.length,
    };
    store.put('replicasets', {
      ...set,
      status: { ...set.status, ...counts, observedGeneration: set.metadata.generation },
    });
    if (unavailable.length > 0) queue.add(set.metadata.uid, Math.min(...unavailable) * 1_000);
  };

  const queue = createWorkQueue(context, reconcile);
  for (const set of store.list('replicasets')) queue.add(set.metadata.uid);
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === 'replicasets') queue.add(object.metadata.uid);
    const owner = resource === 'pods' ? controllerOf(object) : undefined;
    if (owner?.kind === 'ReplicaSet') queue.add(owner.uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** Which pods a smaller ReplicaSet gives up first: those without a node, then those that are not ready, then the newest. */
function leastWorthFirst(a: Pod, b: Pod): number {
  const worth = (pod: Pod) => (pod.spec.nodeName ? 2 : 0) + (isPodReady(pod) ? 1 : 0);
  return worth(a) - worth(b) || (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1);
}
