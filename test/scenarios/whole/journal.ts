import { expect, vi } from 'vitest';
import type { Budget, KubeObject, Node, Pod } from '../../../sandbox/cluster/objects.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { Stage } from './stage.ts';

interface Kinds {
  pods: Pod;
  nodes: Node;
  budgets: Budget;
}

/** One change as a client that watches sees it. */
export type Frame<Kind extends keyof Kinds = keyof Kinds> = {
  [K in Kind]: {
    /** Epoch milliseconds: when it arrived. */
    at: number;
    /** The cluster's own order: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
    revision: number;
    type: 'LISTED' | 'ADDED' | 'MODIFIED' | 'DELETED';
    kind: K;
    object: Kinds[K];
  };
}[Kind];

export type Journal = Awaited<ReturnType<typeof openJournal>>;

/** Writes down what becomes of the stage's pods, budgets and nodes. */
export async function openJournal(admin: KubeTransport, { paths, id }: Stage) {
  const stop = new AbortController();
  const frames: Frame[] = [];
  const collections = { pods: paths.pods, budgets: paths.budgets, nodes: '/api/v1/nodes' };
  const running: Promise<void>[] = [];

  const isOurs = (kind: string, { metadata }: KubeObject) => kind !== 'nodes' || metadata.labels?.run === id;
  const note = (kind: keyof Kinds, type: Frame['type'], object: KubeObject) => {
    if (!isOurs(kind, object)) return;
    const revision = Number(object.metadata.resourceVersion);
    frames.push({ at: Date.now(), revision, type, kind, object } as Frame);
  };
  const list = async (path: string) => {
    const { body } = await admin.request({ method: 'GET', path }, stop.signal);
    return body as { items: KubeObject[]; metadata: { resourceVersion: string } };
  };
  async function follow(kind: keyof Kinds, path: string, resourceVersion: string): Promise<void> {
    const query = { watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: '300', resourceVersion };
    try {
      for await (const { type, object } of admin.watch({ path, query }, stop.signal)) {
        if (type === 'ERROR') throw new Error(`watching ${kind}: ${JSON.stringify(object)}`);
        if (type !== 'BOOKMARK') note(kind, type, object as KubeObject);
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      return;
    }
    if (!stop.signal.aborted) throw new Error(`the watch of ${kind} ended: the journal has a gap`);
  }
  for (const [kind, path] of Object.entries(collections) as [keyof Kinds, string][]) {
    const { items, metadata } = await list(path);
    for (const item of items) note(kind, 'LISTED', item);
    const followed = follow(kind, path, metadata.resourceVersion);
    followed.catch(() => undefined); // told by close
    running.push(followed);
  }
  const latest = () => {
    const byUid = new Map<string, string>();
    for (const { type, object } of frames) {
      if (type === 'DELETED') byUid.delete(object.metadata.uid);
      else byUid.set(object.metadata.uid, object.metadata.resourceVersion);
    }
    return Object.fromEntries(byUid);
  };

  return {
    /** Waits until all that is there is written down, and ends; throws if anything could be missing. */
    async close(): Promise<void> {
      await vi.waitFor(
        async () => {
          const stored = await Promise.all(
            Object.entries(collections).map(async ([kind, path]) =>
              (await list(path)).items.filter((item) => isOurs(kind, item)),
            ),
          );
          const versions = stored.flat().map(({ metadata }) => [metadata.uid, metadata.resourceVersion]);
          expect(latest()).toEqual(Object.fromEntries(versions));
        },
        { timeout: 10_000, interval: 200 },
      );
      stop.abort();
      await Promise.all(running);
    },
    /** In the cluster's order. */
    of<Kind extends keyof Kinds>(kind: Kind): Frame<Kind>[] {
      return (frames.filter((frame) => frame.kind === kind) as Frame<Kind>[]).sort((a, b) => a.revision - b.revision);
    },
  };
}
