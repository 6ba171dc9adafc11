import type { PodView } from './pod.ts';

/** What a person scales or restarts to change a pod. */
export interface Workload {
  kind: 'deployment' | 'statefulset' | 'replicaset';
  namespace: string;
  name: string;
}

const hashLabel = 'pod-template-hash';

/**
 * The workload that keeps a pod, from the pod alone; undefined for a pod without one that kubectl can scale. A Deployment calls its
 * ReplicaSets after itself and the hash that its pods carry:
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
 */
export function workloadOf({
  namespace,
  controller,
  labels,
}: Pick<PodView, 'namespace' | 'controller' | 'labels'>): Workload | undefined {
  if (!controller?.apiVersion.startsWith('apps/')) return undefined;
  const { kind, name } = controller;
  if (kind === 'StatefulSet') return { kind: 'statefulset', namespace, name };
  if (kind !== 'ReplicaSet') return undefined;
  const hash = labels[hashLabel];
  const suffix = `-${hash}`;
  return hash && name.endsWith(suffix) && name !== suffix
    ? { kind: 'deployment', namespace, name: name.slice(0, -suffix.length) }
    : { kind: 'replicaset', namespace, name };
}

export function isSameWorkload(a: Workload | undefined, b: Workload | undefined): boolean {
  return a !== undefined && a.kind === b?.kind && a.namespace === b.namespace && a.name === b.name;
}
