import type { ResourceName } from '../objects.ts';
import { deletePod } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** Measured on a real control plane: so long after the namespace its pods are deleted. */
const PODS_AFTER_MS = 5_000;

const contents: readonly ResourceName[] = [
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'poddisruptionbudgets',
  'persistentvolumeclaims',
  'leases',
  'events',
];

/** Empties a namespace that is going away, its pods with their grace, and then lets it go. */
export function startNamespaces(context: ControllerContext): void {
  const { store, clock } = context;

  const reconcile = (name: string) => {
    const namespace = store.get('namespaces', undefined, name);
    if (namespace?.metadata.deletionTimestamp === undefined) return;
    const left = Date.parse(namespace.metadata.deletionTimestamp) + PODS_AFTER_MS - clock.now();
    if (left > 0) return queue.add(name, left);
    for (const resource of contents) for (const object of store.list(resource, name)) store.remove(resource, object);
    for (const pod of store.list('pods', name)) {
      if (pod.metadata.deletionTimestamp === undefined) deletePod(pod, context);
    }
    if (store.list('pods', name).length === 0) store.remove('namespaces', namespace);
  };

  const queue = createWorkQueue(context, reconcile);
  for (const { metadata } of store.list('namespaces')) queue.add(metadata.name);
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'namespaces' && type !== 'DELETED') queue.add(object.metadata.name);
    if (resource === 'pods' && type === 'DELETED') queue.add(object.metadata.namespace ?? '');
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
