import type { KubeObject, ObjectTypes, ResourceName } from './objects.ts';
import type { Store } from './store.ts';

export interface StoreIndex<R extends ResourceName> {
  of(key: string): ObjectTypes[R][];
  count(key: string): number;
}

/** Keeps the objects of one resource by a key of their own (the node of a pod, say), so that a look-up costs no scan. */
export function createIndex<R extends ResourceName>(
  store: Store,
  resource: R,
  keyOf: (object: ObjectTypes[R]) => string | undefined,
): StoreIndex<R> {
  const groups = new Map<string, Map<string, ObjectTypes[R]>>();

  const forget = (object: KubeObject) => {
    const key = keyOf(object as ObjectTypes[R]);
    if (key !== undefined) groups.get(key)?.delete(object.metadata.uid);
  };
  const learn = (object: KubeObject) => {
    const key = keyOf(object as ObjectTypes[R]);
    if (key === undefined) return;
    const group = groups.get(key) ?? new Map<string, ObjectTypes[R]>();
    group.set(object.metadata.uid, object as ObjectTypes[R]);
    groups.set(key, group);
  };

  const moved = (a: KubeObject, b: KubeObject) => keyOf(a as ObjectTypes[R]) !== keyOf(b as ObjectTypes[R]);

  for (const object of store.list(resource)) learn(object);
  store.subscribe((change) => {
    if (change.resource !== resource) return;
    if (change.previous && (change.type === 'DELETED' || moved(change.previous, change.object)))
      forget(change.previous);
    if (change.type !== 'DELETED') learn(change.object);
  });
  return {
    of: (key) => [...(groups.get(key)?.values() ?? [])],
    count: (key) => groups.get(key)?.size ?? 0,
  };
}
