import type { Pod } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { deletePod } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection */
const QUARANTINE_MS = 40_000;

/** Removes the pods of a node that is gone. */
export function startPodCollector(context: ControllerContext): void {
  const { store } = context;
  const pods = createIndex(store, 'pods', (pod) => pod.spec.nodeName);
  const queue = createWorkQueue(context, (nodeName) => {
    if (store.get('nodes', undefined, nodeName)) return;
    for (const pod of pods.of(nodeName)) deletePod(pod, context, 0);
  });
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'nodes' && type === 'DELETED') queue.add(object.metadata.name, QUARANTINE_MS);
    const nodeName = resource === 'pods' && type === 'ADDED' ? (object as Pod).spec.nodeName : undefined;
    if (nodeName && !store.get('nodes', undefined, nodeName)) queue.add(nodeName, QUARANTINE_MS);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
