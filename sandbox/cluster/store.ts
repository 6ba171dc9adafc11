import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ObjectTypes, ResourceName } from './objects.ts';

export interface Change<R extends ResourceName = ResourceName> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: R;
  object: KubeObject;
  previous: KubeObject | undefined;
  revision: number;
}

/**
 * Every object under one growing revision, and the recent changes. Stored objects are never changed in place: whoever
 * reads one may keep it, whoever writes hands in a new one.
 */
export interface Store {
  revision(): number;
  /** Grows by one with each call, to make uids and names of that are the same in every run. */
  nextNumber(): number;
  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ObjectTypes[R] | undefined;
  /** In no order that means anything, but always the same one. */
  list<R extends ResourceName>(resource: R, namespace?: string): ObjectTypes[R][];
  /** Adds or replaces; a replacement that changes nothing keeps its resourceVersion and is no event. */
  put<R extends ResourceName>(resource: R, object: ObjectTypes[R]): ObjectTypes[R];
  remove(resource: ResourceName, object: KubeObject): void;
  /** Called at once, in order, with every change. */
  subscribe(listener: (change: Change) => void): () => void;
  /** Changes after a revision; undefined when they are no longer all known. */
  changesSince(revision: number): Change[] | undefined;
  /** Forgets the history: watches from an older resourceVersion and continue tokens expire. */
  compact(): void;
}

export function createStore(historySize: number): Store {
  const tables = new Map<ResourceName, Map<string, KubeObject>>();
  const listeners = new Set<(change: Change) => void>();
  let history: Change[] = [];
  let revision = 100;
  let counted = 0;
  let compacted = revision;

  const table = (resource: ResourceName) => {
    let found = tables.get(resource);
    if (!found) {
      found = new Map();
      tables.set(resource, found);
    }
    return found;
  };

  const record = (change: Change) => {
    history.push(change);
    if (history.length > 2 * historySize) {
      history = history.slice(-historySize);
      compacted = (history[0]?.revision ?? revision) - 1;
    }
    for (const listener of [...listeners]) listener(change);
  };

  const stamped = <T extends KubeObject>(object: T): T => {
    revision++;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
  };

  return {
    revision: () => revision,

    nextNumber: () => {
      counted++;
      return counted;
    },

    get: <R extends ResourceName>(resource: R, namespace: string | undefined, name: string) =>
      table(resource).get(keyOf(namespace, name)) as ObjectTypes[R] | undefined,

    list: <R extends ResourceName>(resource: R, namespace?: string) => {
      const objects = [...table(resource).values()] as ObjectTypes[R][];
      return namespace === undefined ? objects : objects.filter((object) => object.metadata.namespace === namespace);
    },

    put: <R extends ResourceName>(resource: R, object: ObjectTypes[R]) => {
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const previous = table(resource).get(key);
      if (previous && isDeepStrictEqual({ ...object, metadata: withVersionOf(previous, object) }, previous)) {
        return previous as ObjectTypes[R];
      }
      const stored = stamped(object);
      table(resource).set(key, stored);
      record({ type: previous ? 'MODIFIED' : 'ADDED', resource, object: stored, previous, revision });
      return stored;
    },

    remove: (resource, object) => {
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const previous = table(resource).get(key);
      if (!previous) return;
      table(resource).delete(key);
      record({ type: 'DELETED', resource, object: stamped(previous), previous, revision });
    },

    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    changesSince: (since) => (since < compacted ? undefined : history.filter((change) => change.revision > since)),

    compact: () => {
      history = [];
      compacted = revision;
    },
  };
}

function withVersionOf(previous: KubeObject, object: KubeObject) {
  return { ...object.metadata, resourceVersion: previous.metadata.resourceVersion };
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
