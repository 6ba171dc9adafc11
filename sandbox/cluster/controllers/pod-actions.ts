import { isPodFinished } from '../conditions.ts';
import { completeObject } from '../defaults.ts';
import { deleteObject } from '../delete-object.ts';
import type { KubeObject, Manifest, OwnerReference, Pod, PodTemplate } from '../objects.ts';
import { resourceNamed } from '../resources.ts';
import { durationMs } from '../timestamp.ts';
import type { ControllerContext } from './work-queue.ts';

const pods = resourceNamed('pods');

/** Creates a pod for its controller, unless the namespace is going away; `place` adds to the template's spec. */
export function createPod(
  owner: KubeObject,
  template: PodTemplate,
  place: { name?: string } & Partial<Pod['spec']>,
  { store, clock }: ControllerContext,
): void {
  const { namespace = 'default' } = owner.metadata;
  if (store.get('namespaces', undefined, namespace)?.status.phase !== 'Active') return;
  const { name, ...spec } = place;
  const named = name === undefined ? { generateName: `${owner.metadata.name}-` } : { name };
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, ...named, namespace, ownerReferences: [referenceTo(owner)] },
    spec: { ...template.spec, ...spec },
  };
  store.put('pods', completeObject(manifest, pods, { store, nowMs: clock.now() }) as Pod);
}

/** Deletes a pod as its controller does: with the pod's own grace, past every budget. */
export function deletePod(pod: Pod, { store, clock }: ControllerContext, gracePeriodSeconds?: number): void {
  const options = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
  deleteObject(pod, pods, options, { store, nowMs: clock.now() });
}

/** Neither finished nor on its way out: it counts as a replica. */
export function isPodActive(pod: Pod): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}

export function referenceTo({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

/** The duration of a `sandbox/…` annotation. */
export function annotatedMs({ metadata }: KubeObject, annotation: string, fallbackMs: number): number {
  const text = metadata.annotations?.[annotation];
  return text === undefined ? fallbackMs : durationMs(text);
}
