import { randomBytes } from 'node:crypto';
import type { KubeRequest, KubeResponse, KubeTransport, KubeWatchFrame } from '../../shared/adapters/kube-transport.ts';
import type { Target } from './target.ts';

export const mergePatch = 'application/merge-patch+json';
const signal = new AbortController().signal;

export interface StoredObject {
  metadata: {
    name: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    deletionTimestamp?: string;
    deletionGracePeriodSeconds?: number;
    continue?: string;
    remainingItemCount?: number;
    annotations?: Record<string, string>;
  };
  items: StoredObject[];
  spec: Record<string, unknown>;
  status: Record<string, unknown> & { conditions?: { type: string; status: string; reason?: string }[] };
}

/** What a test arranges and asks, in a namespace and under names that no other run has. */
export function createBench({ admin, wait, settle }: Target) {
  const id = randomBytes(4).toString('hex');
  const namespace = `api-${id}`;
  let count = 0;

  const ask = (request: KubeRequest, as: KubeTransport = admin): Promise<KubeResponse> => as.request(request, signal);
  async function send(request: KubeRequest): Promise<StoredObject> {
    const { status, body } = await ask(request);
    if (status > 299) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body as StoredObject;
  }
  const paths = {
    nodes: '/api/v1/nodes',
    pods: (name = '') => `/api/v1/namespaces/${namespace}/pods${name && `/${name}`}`,
    eviction: (name: string) => `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
    budgets: (name = '') => `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets${name && `/${name}`}`,
    leases: (name = '') => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases${name && `/${name}`}`,
  };
  const setStatus = (path: string, status: object) =>
    send({ method: 'PATCH', path: `${path}/status`, contentType: mergePatch, body: { status } });

  async function node(suffix: string, spec: object = {}): Promise<StoredObject> {
    return send({ method: 'POST', path: paths.nodes, body: { metadata: { name: `${suffix}-${id}` }, spec } });
  }

  /** A pod on a node that no kubelet looks after, so that it stays as it is put; Running and Ready unless told otherwise. */
  async function pod({
    labels = {},
    phase = 'Running',
    ready = true,
    metadata = {},
    nodeName = `nowhere-${id}`,
    spec = {},
  }: {
    labels?: Record<string, string>;
    phase?: string;
    ready?: boolean;
    metadata?: object;
    nodeName?: string;
    spec?: object;
  } = {}): Promise<StoredObject> {
    count += 1;
    const created = await send({
      method: 'POST',
      path: paths.pods(),
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `pod-${count}`, labels, ...metadata },
        spec: {
          ...(nodeName && { nodeName }),
          containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
          ...spec,
        },
      },
    });
    if (phase === 'Pending') return created;
    const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
    return setStatus(paths.pods(created.metadata.name), { phase, conditions, startTime: '2026-01-01T00:00:00Z' });
  }

  /** A budget for the pods with `app: <name>`; with a status as the disruption controller would have written it. */
  async function budget(name: string, spec: object, status?: object): Promise<void> {
    const selector = { matchLabels: { app: name } };
    await send({ method: 'POST', path: paths.budgets(), body: { metadata: { name }, spec: { selector, ...spec } } });
    if (status) await setStatus(paths.budgets(name), { observedGeneration: 1, expectedPods: 1, ...status });
  }

  /** Ends a pod as its kubelet would. */
  const finish = (name: string) => send({ method: 'DELETE', path: paths.pods(name), body: { gracePeriodSeconds: 0 } });

  /** Another pod under the name of one that was. */
  async function replace(name: string, as: Parameters<typeof pod>[0] = {}): Promise<StoredObject> {
    await finish(name);
    return pod({ ...as, metadata: { name } });
  }

  const evict = (name: string, deleteOptions: object = {}, query: Record<string, string> = {}) =>
    ask({
      method: 'POST',
      path: paths.eviction(name),
      query,
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions },
    });

  /** The frames of a watch until one satisfies `last`, or the watch ends. */
  async function watchUntil(
    path: string,
    query: Record<string, string>,
    last: (frame: KubeWatchFrame) => boolean = () => false,
  ): Promise<KubeWatchFrame[]> {
    const frames: KubeWatchFrame[] = [];
    for await (const frame of admin.watch({ path, query: { watch: 'true', timeoutSeconds: '60', ...query } }, signal)) {
      frames.push(frame);
      if (last(frame)) break;
    }
    return frames;
  }

  const build = () => send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });

  /** Takes out of a server that lives on what was put into it. */
  async function remove(): Promise<void> {
    const { items } = await send({ method: 'GET', path: paths.pods() });
    for (const { metadata } of items) {
      const path = paths.pods(metadata.name);
      await send({ method: 'PATCH', path, contentType: mergePatch, body: { metadata: { finalizers: null } } });
      await ask({ method: 'DELETE', path, body: { gracePeriodSeconds: 0 } });
    }
    const nodes = await send({ method: 'GET', path: paths.nodes });
    for (const { metadata } of nodes.items) {
      if (metadata.name.endsWith(id)) await ask({ method: 'DELETE', path: `${paths.nodes}/${metadata.name}` });
    }
    await ask({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
  }

  return {
    id,
    namespace,
    paths,
    ask,
    send,
    setStatus,
    node,
    pod,
    budget,
    finish,
    replace,
    evict,
    watchUntil,
    wait,
    settle,
    build,
    remove,
  };
}

export type Bench = ReturnType<typeof createBench>;

/** A refusal as the contract compares it. */
export function refusalIn({ status, headers, body }: KubeResponse) {
  const { reason, message, details } = body as {
    reason?: string;
    message: string;
    details?: { kind?: string; name?: string; causes?: { reason?: string; message: string; field?: string }[] };
  };
  return { status, retryAfter: headers['retry-after'], reason, message, details };
}
