import { randomBytes } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { KubeObject, Node, Pod } from '../../../sandbox/cluster/objects.ts';
import type { KubeRequest, KubeTransport } from '../../../shared/adapters/kube-transport.ts';

export interface StageNode {
  name: string;
  instanceId: string;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Two Nodes' worth of workloads take seconds to come up on two busy cores. */
const patience = { timeout: 30_000, interval: 100 };
const never = new AbortController().signal;

/** Nodes, workloads and budgets under names that no other run has, on which only they are scheduled. */
export async function openStage(admin: KubeTransport) {
  const id = randomBytes(4).toString('hex');
  const namespace = `whole-${id}`;
  const nodes: StageNode[] = [];

  async function ask(request: KubeRequest): Promise<unknown> {
    const { status, body } = await admin.request(request, never);
    if (status > 299) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
  const create = (path: string, body: object) => ask({ method: 'POST', path, body });
  const list = async <T extends KubeObject>(path: string) =>
    ((await ask({ method: 'GET', path })) as { items: T[] }).items;
  const paths = {
    pods: `/api/v1/namespaces/${namespace}/pods`,
    budgets: `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
    events: `/api/v1/namespaces/${namespace}/events`,
  };

  /** With a kubelet of kwok's or of the sandbox's. */
  async function addNode(letter: string): Promise<StageNode> {
    const node = { name: `${letter}-${id}`, instanceId: `i-0${randomBytes(8).toString('hex')}` };
    const metadata = {
      name: node.name,
      labels: { run: id, node: letter, 'kubernetes.io/hostname': node.name },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    };
    await create('/api/v1/nodes', { metadata, spec: { providerID: `aws:///us-east-1a/${node.instanceId}` } });
    nodes.push(node);
    return node;
  }

  function template(app: string, { annotations = {}, ...spec }: { annotations?: object; [field: string]: unknown }) {
    const pace = { 'sandbox/ready-after': '300ms', 'sandbox/stop-after': '500ms' };
    return {
      metadata: { labels: { app }, annotations: { ...pace, ...annotations } },
      spec: {
        nodeSelector: { run: id },
        topologySpreadConstraints: [spread(app)],
        terminationGracePeriodSeconds: 2,
        containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
        ...spec,
      },
    };
  }

  /** A Deployment, StatefulSet or DaemonSet by its plural name. */
  const workload = (plural: string, app: string, spec: object = {}, pod: Parameters<typeof template>[1] = {}) =>
    create(`/apis/apps/v1/namespaces/${namespace}/${plural}`, {
      metadata: { name: app },
      spec: { selector: { matchLabels: { app } }, template: template(app, pod), ...spec },
    });
  const job = (app: string, spec: object, finishAfter: string) =>
    create(`/apis/batch/v1/namespaces/${namespace}/jobs`, {
      metadata: { name: app },
      spec: {
        template: template(app, { restartPolicy: 'Never', annotations: { 'sandbox/finish-after': finishAfter } }),
        ...spec,
      },
    });
  const budget = (app: string, spec: object) =>
    create(paths.budgets, { metadata: { name: app }, spec: { selector: { matchLabels: { app } }, ...spec } });

  /** Waits until the scheduler takes all nodes. */
  const open = () =>
    vi.waitFor(async () => {
      const all = await list<Node>('/api/v1/nodes');
      for (const { name } of nodes) {
        const node = all.find(({ metadata }) => metadata.name === name);
        expect(node?.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
        expect(node?.spec.taints ?? []).toEqual([]);
      }
    }, patience);

  /** Waits until so many pods of each app are ready and all its pods are, and every budget has counted them. */
  const settled = (wanted: Record<string, number>) =>
    vi.waitFor(async () => {
      const pods = (await list<Pod>(paths.pods)).filter(({ status }) => status.phase !== 'Succeeded');
      const of = (app: string) => pods.filter(({ metadata }) => metadata.labels?.app === app);
      const ready = Object.keys(wanted).map((app) => [app, of(app).every(isReady) ? of(app).length : 'some not ready']);
      expect(Object.fromEntries(ready)).toEqual(wanted);
      for (const { metadata, status } of await list<KubeObject & { status: Record<string, unknown> }>(paths.budgets))
        expect([metadata.name, status.currentHealthy]).toEqual([metadata.name, wanted[metadata.name]]);
    }, patience);

  /** Waits until so many pods of an app have run to their end. */
  const finished = (app: string, count: number) =>
    vi.waitFor(async () => {
      const pods = await list<Pod>(paths.pods);
      const ended = pods.filter(({ metadata, status }) => metadata.labels?.app === app && status.phase === 'Succeeded');
      expect(ended).toHaveLength(count);
    }, patience);

  const appsOn = async ({ name }: StageNode) =>
    (await list<Pod>(paths.pods)).flatMap(({ metadata, spec }) =>
      spec.nodeName === name ? (metadata.labels?.app ?? []) : [],
    );

  async function close(): Promise<void> {
    await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` }, never);
    // Nobody would end them once their nodes are gone.
    await admin.request({ method: 'DELETE', path: paths.pods, body: { gracePeriodSeconds: 0 } }, never);
    for (const { name } of nodes) await admin.request({ method: 'DELETE', path: `/api/v1/nodes/${name}` }, never);
  }

  await create('/api/v1/namespaces', { metadata: { name: namespace } });
  return { id, namespace, paths, ask, list, addNode, workload, job, budget, open, settled, finished, appsOn, close };
}

/** Evenly over the nodes that take pods, so that each of those that are drained has some of every app. */
function spread(app: string): object {
  const over = { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' };
  return { maxSkew: 1, labelSelector: { matchLabels: { app } }, ...over };
}

export function isReady({ metadata, status }: Pod): boolean {
  const ready = status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return ready && metadata.deletionTimestamp === undefined && status.phase === 'Running';
}
