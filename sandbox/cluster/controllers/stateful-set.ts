import { isPodReady } from '../conditions.ts';
import type { Pod, Workload } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { controllerOf, createPod, deletePod, isPodActive } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/**
 * Keeps a StatefulSet's pods by ordinal: a pod that went comes back under its name with a new uid, and unless the policy is
 * Parallel only when those before it are ready. https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export function startStatefulSets(context: ControllerContext): void {
  const { store } = context;
  const sets = createIndex(store, 'statefulsets', ({ metadata }) => metadata.uid);
  const podsByOwner = createIndex(store, 'pods', (pod) => controllerOf(pod)?.uid);

  const reconcile = (uid: string) => {
    const [set] = sets.of(uid);
    if (!set) return;
    const pods = new Map(podsByOwner.of(uid).map((pod) => [pod.metadata.name, pod]));
    const names = Array.from({ length: set.spec.replicas ?? 1 }, (_, ordinal) => `${set.metadata.name}-${ordinal}`);
    for (const [name, pod] of pods) if (!names.includes(name) && isPodActive(pod)) deletePod(pod, context);
    for (const name of names) {
      const pod = pods.get(name);
      if (!pod) createPod(set, set.spec.template, { name, volumes: volumesOf(set, name) }, context);
      const goesOn = set.spec.podManagementPolicy === 'Parallel' || (pod && isPodActive(pod) && isPodReady(pod));
      if (!goesOn) break;
    }
    report(set, podsByOwner.of(uid));
  };

  const report = (set: Workload, pods: Pod[]) => {
    const readyReplicas = pods.filter((pod) => isPodActive(pod) && isPodReady(pod)).length;
    const counts = { replicas: pods.length, readyReplicas, observedGeneration: set.metadata.generation };
    store.put('statefulsets', { ...set, status: { ...set.status, ...counts } });
  };

  const queue = createWorkQueue(context, reconcile);
  for (const set of store.list('statefulsets')) queue.add(set.metadata.uid);
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === 'statefulsets') queue.add(object.metadata.uid);
    const owner = resource === 'pods' ? controllerOf(object) : undefined;
    if (owner?.kind === 'StatefulSet') queue.add(owner.uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** The template's volumes and one claim for each of the set's claim templates; the claims themselves are the test's to make. */
function volumesOf({ spec }: Workload, podName: string): NonNullable<Pod['spec']['volumes']> {
  const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${podName}` },
  }));
  return [...(spec.template.spec.volumes ?? []), ...claims];
}
