import { isDeepStrictEqual } from 'node:util';
import { completeObject } from './defaults.ts';
import { isReleased, type WriteContext } from './delete-object.ts';
import type { KubeObject, Manifest, ObjectMeta } from './objects.ts';
import { type Resource, resourceOfKind } from './resources.ts';

const KEPT = ['uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** Puts an object in as it is, or in the place of the one of its name, which keeps its identity, and its status if none is given. */
export function applyManifest(manifest: Manifest, context: WriteContext): void {
  const { store } = context;
  const resource = resourceOfKind(manifest.apiVersion, manifest.kind);
  const { name = '' } = manifest.metadata;
  const namespace = resource.namespaced ? (manifest.metadata.namespace ?? 'default') : undefined;
  if (namespace !== undefined && !store.get('namespaces', undefined, namespace)) applyNamespace(namespace, context);
  const before = store.get(resource.name, namespace, name);
  const metadata = { ...manifest.metadata, name, ...(namespace === undefined ? {} : { namespace }) };
  const object = before
    ? replacement(before, { ...manifest, metadata }, resource, context)
    : completeObject({ ...manifest, metadata }, resource, context);
  const stored = store.put(resource.name, object as never);
  if (isReleased(stored)) store.remove(resource.name, stored);
}

export function applyNamespace(name: string, context: WriteContext): void {
  applyManifest({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, context);
}

function replacement(before: KubeObject, manifest: Manifest, resource: Resource, context: WriteContext): KubeObject {
  const entries = KEPT.map((field) => [field, before.metadata[field]]).filter(([, value]) => value !== undefined);
  const kept: Partial<ObjectMeta> = Object.fromEntries(entries);
  const status = before.status ? { status: before.status } : {};
  const metadata = { ...manifest.metadata, ...kept };
  const object = completeObject({ ...status, ...manifest, metadata }, resource, context);
  if (!resource.counted || isDeepStrictEqual(object.spec, before.spec)) return object;
  return { ...object, metadata: { ...object.metadata, generation: (before.metadata.generation ?? 0) + 1 } };
}
