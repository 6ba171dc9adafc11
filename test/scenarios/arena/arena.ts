import { randomUUID } from 'node:crypto';
import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import { createDrains } from './drains.ts';
import { type StopPlan, startKubelet } from './kubelet.ts';
import { type PodWish, podManifest, podStatus } from './manifests.ts';
import { createRecorder } from './recorder.ts';
import type { ArenaTarget } from './target.ts';

export interface ArenaOptions {
  policy?: Partial<DrainPolicy>;
  hooks?: number;
}

export interface PodRef {
  namespace: string;
  name: string;
  uid: string;
}

export interface StoredObject {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
    deletionGracePeriodSeconds?: number;
  };
  spec: Record<string, unknown>;
  status: Record<string, unknown>;
  items: StoredObject[];
}

const mergePatch = 'application/merge-patch+json';
const never = new AbortController().signal;

export type Arena = Awaited<ReturnType<typeof openArena>>;

/** Two nodes, a namespace, a fake kubelet and an Auto Scaling group, under names that no other scenario has. */
export async function openArena(target: ArenaTarget, options: ArenaOptions = {}) {
  const { admin, clock, settle } = target;
  const id = randomUUID().slice(0, 8);
  const namespace = `scenario-${id}`;
  const node = { name: `node-${id}`, instanceId: `i-0${id}` };
  const spare = { name: `spare-${id}`, instanceId: `i-1${id}` };
  const recorder = createRecorder(target.drainer, clock);
  const plans = new Map<string, StopPlan>();
  const kubelets: { close(): Promise<void> }[] = [];
  const made: string[] = [];
  const namespaces = [namespace];
  const acts: Promise<unknown>[] = [];
  const stop = new AbortController();
  const openedAt = clock.now();

  async function send(request: KubeRequest): Promise<StoredObject> {
    const { status, body } = await admin.request(request, never);
    if (status > 299) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body as StoredObject;
  }
  const paths = {
    node: (name: string) => `/api/v1/nodes/${name}`,
    pods: (space = namespace) => `/api/v1/namespaces/${space}/pods`,
    pod: ({ namespace: space, name }: Pick<PodRef, 'namespace' | 'name'>) => `/api/v1/namespaces/${space}/pods/${name}`,
    budgets: (space = namespace) => `/apis/policy/v1/namespaces/${space}/poddisruptionbudgets`,
    daemonSets: `/apis/apps/v1/namespaces/${namespace}/daemonsets`,
  };
  const patch = (path: string, body: object) => send({ method: 'PATCH', path, contentType: mergePatch, body });

  async function addNode({ name, instanceId }: { name: string; instanceId: string }): Promise<void> {
    const spec = { providerID: `aws:///us-east-1a/${instanceId}` };
    const metadata = { name, labels: { 'kubernetes.io/hostname': name } };
    await send({ method: 'POST', path: '/api/v1/nodes', body: { apiVersion: 'v1', kind: 'Node', metadata, spec } });
    made.push(paths.node(name));
    await setReady(name, 'True', clock.now());
    // A new Node is tainted until its kubelet reports; here nobody would take that away.
    await patch(paths.node(name), { spec: { taints: null } });
  }
  const setReady = (name: string, status: 'True' | 'False' | 'Unknown', since: number) => {
    const lastTransitionTime = new Date(since).toISOString().replace(/\.\d+/, '');
    return patch(`${paths.node(name)}/status`, {
      status: { conditions: [{ type: 'Ready', status, lastTransitionTime }] },
    });
  };
  async function addNamespace(name: string): Promise<void> {
    await send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } });
    if (!namespaces.includes(name)) namespaces.push(name);
  }

  /** A pod on the node that is drained, Running and Ready unless wished otherwise. */
  async function pod(
    name: string,
    wish: PodWish & Partial<StopPlan> & { on?: string; in?: string } = {},
  ): Promise<PodRef> {
    const space = wish.in ?? namespace;
    const body = podManifest(name, wish.on ?? node.name, randomUUID(), wish);
    const { metadata } = await send({ method: 'POST', path: paths.pods(space), body });
    const ref = { namespace: space, name, uid: metadata.uid };
    const { stopsAfterSeconds = 0, whenGone } = wish;
    plans.set(ref.uid, { stopsAfterSeconds, ...(whenGone && { whenGone }) });
    if (wish.phase !== 'Pending') await patch(`${paths.pod(ref)}/status`, { status: podStatus(wish, clock.now()) });
    return ref;
  }

  /** A budget over `app: <name>`, as the disruption controller leaves it once it has processed it; none to spend by default. */
  async function budget(
    name: string,
    spec: object = {},
    status: object = {},
    space = namespace,
  ): Promise<StoredObject> {
    const selector = { matchLabels: { app: name } };
    const body = { metadata: { name }, spec: { selector, ...spec } };
    const created = await send({ method: 'POST', path: paths.budgets(space), body });
    await setBudget(name, status, space);
    return created;
  }
  const setBudget = (name: string, status: object, space = namespace) => {
    const healthy = { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 };
    const path = `${paths.budgets(space)}/${name}/status`;
    return patch(path, { status: { observedGeneration: 1, ...healthy, ...status } });
  };

  /** An existing DaemonSet whose pods the test makes; returns its UID. */
  async function daemonSet(name: string): Promise<string> {
    const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }];
    const template = { metadata: { labels: { app: name } }, spec: { containers } };
    const body = { metadata: { name }, spec: { selector: { matchLabels: { app: name } }, template } };
    return (await send({ method: 'POST', path: paths.daemonSets, body })).metadata.uid;
  }

  /** Creates something cluster-wide that is removed afterwards. */
  async function make(plural: string, body: { metadata: { name: string } }): Promise<StoredObject> {
    const created = await send({ method: 'POST', path: plural, body });
    made.unshift(`${plural}/${body.metadata.name}`);
    return created;
  }

  /** The object, or undefined when there is none. */
  async function get(path: string): Promise<StoredObject | undefined> {
    const { status, body } = await admin.request({ method: 'GET', path }, never);
    if (status === 404) return undefined;
    if (status > 299) throw new Error(`GET ${path}: ${status}`);
    return body as StoredObject;
  }

  await addNamespace(namespace);
  await addNode(node);
  await addNode(spare);
  for (const { name } of [node, spare]) kubelets.push(await startKubelet(name, plans, { admin, clock }));
  const drains = createDrains(target, recorder.transport, node, options);

  const onPod = ({ namespace: space, name }: PodRef) =>
    recorder.calls.filter(({ method, path }) => {
      const own = paths.pod({ namespace: space, name });
      return method !== 'GET' && (path === own || path === `${own}/eviction`);
    });
  const isReal = (query: Readonly<Record<string, string>>) => query.dryRun === undefined;

  return {
    ...drains,
    id,
    node,
    spare,
    namespace,
    paths,
    clock,
    send,
    patch,
    pod,
    budget,
    setBudget,
    daemonSet,
    make,
    get,
    addNode,
    addNamespace,
    setReady,
    /** Seconds since the arena was opened. */
    seconds: () => (clock.now() - openedAt) / 1000,
    /** Every request of the drain, in order. */
    calls: recorder.calls,
    intervene: recorder.intervene,
    rewrite: recorder.rewrite,
    /** What the drain sent to a pod: evictions and deletes. */
    callsOn: onPod,
    evictions: (ref: PodRef) => onPod(ref).filter(({ method, query }) => method === 'POST' && isReal(query)),
    deletes: (ref: PodRef) => onPod(ref).filter(({ method }) => method === 'DELETE'),
    /** A request of the test's own in the drain's name; not among its calls. */
    asDrainer: (request: KubeRequest) => target.drainer.request(request, never),
    squeezeEvictions: target.squeezeEvictions,
    podNow: (ref: PodRef) => get(paths.pod(ref)),
    nodeNow: async (name = node.name) => get(paths.node(name)) as Promise<StoredObject>,
    /** Does something so many seconds from now, in the arena's time; a failure of it fails the scenario. `closed` aborts when that is over. */
    at(seconds: number, act: (closed: AbortSignal) => Promise<unknown>): void {
      const acted = clock.sleep(seconds * 1000, stop.signal).then(() => act(stop.signal));
      const waited = acted.catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      acts.push(waited);
      waited.catch(() => undefined);
    },
    async close(): Promise<void> {
      stop.abort();
      const failures = (await Promise.allSettled([...acts, ...kubelets.map((kubelet) => kubelet.close())])).flatMap(
        (result) => (result.status === 'rejected' ? [result.reason] : []),
      );
      for (const space of namespaces) await clear(space);
      for (const path of made) {
        const body = { metadata: { finalizers: null } };
        await admin.request({ method: 'PATCH', path, contentType: mergePatch, body }, never);
        await admin.request({ method: 'DELETE', path }, never);
      }
      if (failures.length > 0) throw new AggregateError(failures, 'beside the drain');
    },
    settle,
  };

  async function clear(space: string): Promise<void> {
    for (const { metadata } of (await send({ method: 'GET', path: paths.pods(space) })).items) {
      const path = paths.pod({ namespace: space, name: metadata.name });
      await admin.request(
        { method: 'PATCH', path, contentType: mergePatch, body: { metadata: { finalizers: null } } },
        never,
      );
      await admin.request({ method: 'DELETE', path, body: { gracePeriodSeconds: 0 } }, never);
    }
    await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${space}` }, never);
  }
}
