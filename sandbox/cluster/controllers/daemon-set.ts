import { isPodReady } from '../conditions.ts';
import type { Node, Workload } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { controllerOf, createPod, isPodActive } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** Keeps one pod of each DaemonSet on every node that its selector matches, cordoned or not. */
export function startDaemonSets(context: ControllerContext): void {
  const { store } = context;
  const sets = createIndex(store, 'daemonsets', ({ metadata }) => metadata.uid);
  const podsByOwner = createIndex(store, 'pods', (pod) => controllerOf(pod)?.uid);

  const reconcile = (uid: string) => {
    const [set] = sets.of(uid);
    if (!set) return;
    const nodes = store.list('nodes').filter((node) => wants(set, node));
    const pods = podsByOwner.of(uid);
    const tolerations = [...(set.spec.template.spec.tolerations ?? []), { operator: 'Exists' }];
    for (const { metadata } of nodes) {
      if (pods.some((pod) => pod.spec.nodeName === metadata.name)) continue;
      createPod(set, set.spec.template, { nodeName: metadata.name, tolerations }, context);
    }
    const numberReady = podsByOwner.of(uid).filter((pod) => isPodActive(pod) && isPodReady(pod)).length;
    const counts = { desiredNumberScheduled: nodes.length, numberReady, observedGeneration: set.metadata.generation };
    store.put('daemonsets', { ...set, status: { ...set.status, ...counts } });
  };

  const queue = createWorkQueue(context, reconcile);
  const all = () => {
    for (const set of store.list('daemonsets')) queue.add(set.metadata.uid);
  };
  all();
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'daemonsets') queue.add(object.metadata.uid);
    if (resource === 'nodes' && type !== 'MODIFIED') all();
    const owner = resource === 'pods' ? controllerOf(object) : undefined;
    if (owner?.kind === 'DaemonSet') queue.add(owner.uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

function wants({ spec }: Workload, { metadata }: Node): boolean {
  return Object.entries(spec.template.spec.nodeSelector ?? {}).every(
    ([key, value]) => metadata.labels?.[key] === value,
  );
}
