import { expect } from 'vitest';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { launchPatch } from '../../shared/lifecycle/launch-patch.ts';
import { readTemplate } from '../../shared/lifecycle/launch-template.ts';
import { type Mark, markPatch, undoPatch } from '../../shared/lifecycle/mark.ts';
import type { NodeView, TaintView } from '../../shared/lifecycle/node.ts';
import { createBench, mergePatch, type StoredObject } from './bench.ts';
import { signal, valueIn } from './cluster-port-world.ts';
import type { GuardedTarget } from './target.ts';

export type AdmissionWorld = Awaited<ReturnType<typeof openAdmissionWorld>>;

/** More than infra/rbac grants: what then is refused, is refused by the policies. */
const everything = [
  { apiGroups: [''], resources: ['nodes', 'nodes/status'], verbs: ['get', 'create', 'update', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  {
    apiGroups: ['apps'],
    resources: ['deployments', 'deployments/scale', 'deployments/status'],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
  },
];

export const outLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
/** One of them looks like ours. */
export const theirAnnotations = { 'example.com/note': 'y', 'eks-node-lifecycle.io.example.com/note': 'y' };
export const startUpTaint = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };
export const theirTaint = { key: 'example.com/theirs', value: 'x', effect: 'NoSchedule' };
const controllersTaint = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };

/** Nodes on which others, too, have written, and who may change them. */
export async function openAdmissionWorld(target: GuardedTarget) {
  const bench = createBench(target);
  const { id, namespace, send } = bench;
  const made: string[] = [];
  await bench.build();
  await target.guard?.();

  async function someone(...groups: string[]): Promise<KubeTransport> {
    const user = `${groups[0] ?? 'nobody'}-${id}`;
    await target.grant({ user, rules: everything });
    return target.as({ user, groups });
  }
  const drain = await someone('eks-node-lifecycle');
  const launch = await someone('eks-node-lifecycle-launch');
  const portOf = (transport: KubeTransport) =>
    createKubeCluster(transport, { leaseNamespace: namespace, reportingInstance: 'contract' });
  const drainer = portOf(drain);

  /** Marked for a drain where `mark` says so, by the drain's own patch. */
  async function node(
    wish: { metadata?: object; spec?: object; mark?: 'label' | 'cordon-only'; untouched?: true } = {},
  ) {
    const name = `node-${made.length}-${id}`;
    const written = {
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': 'a', 'example.com/team': 'x' },
      annotations: theirAnnotations,
      finalizers: ['example.com/keep'],
    };
    const metadata = { name, ...(wish.untouched ? {} : written), ...wish.metadata };
    const taints = [startUpTaint, ...(wish.untouched ? [] : [theirTaint, controllersTaint])];
    const spec = { taints, ...wish.spec };
    await send({ method: 'POST', path: bench.paths.nodes, body: { metadata, spec } });
    made.push(name);
    const view = await look(name);
    if (!wish.mark) return view;
    const { patch } = markPatch(view, claim, wish.mark === 'label');
    return valueIn(await drainer.patchNode(name, patch, signal));
  }
  const look = async (name: string) => valueIn(await drainer.getNode(name, signal));
  const read = (name: string): Promise<StoredObject> => send({ method: 'GET', path: `${bench.paths.nodes}/${name}` });

  /** Asks, and expects the policies to refuse it in these words and to leave the node as it was. */
  async function expectRefused(who: KubeTransport, name: string, request: object, words: string): Promise<void> {
    const before = await read(name);
    const path = `${bench.paths.nodes}/${name}`;
    const asked = { method: 'PATCH', path, contentType: mergePatch, ...request } as KubeRequest;
    const { status, body } = await bench.ask(asked, who);
    const { reason, message } = body as { reason: string; message: string };
    expect({ status, reason }).toEqual({ status: 403, reason: 'Forbidden' });
    expect(message.split('denied request: ')[1]).toBe(words);
    expect(await read(name)).toEqual(before);
  }

  async function close(): Promise<void> {
    for (const name of made) {
      const path = `${bench.paths.nodes}/${name}`;
      await bench.ask({ method: 'PATCH', path, contentType: mergePatch, body: { metadata: { finalizers: null } } });
    }
    await bench.remove();
  }
  return {
    ...bench,
    drain,
    launch,
    drainer,
    launcher: portOf(launch),
    someone,
    node,
    look,
    read,
    expectRefused,
    close,
  };
}

const at = '2026-03-01T08:00:00.000Z';
export const claim: Omit<Mark, 'ours' | 'version'> = {
  drain: 'i-1-token',
  execution: 'i-1-token',
  startedAt: at,
  deadlineAt: at,
  endsAt: at,
  markedAt: at,
  seenAt: at,
};

/** What an undo of the drain's would send. */
export async function undo(cluster: ClusterPort, node: NodeView): Promise<NodeView> {
  const patch = undoPatch(node);
  if (!patch) throw new Error(`${node.name} carries no mark`);
  return valueIn(await cluster.patchNode(node.name, patch, signal));
}

const tagsOf = (labels: Record<string, string>, taints: readonly TaintView[]) =>
  Object.fromEntries([
    ...Object.entries(labels).map(([key, value]) => [`k8s.io/cluster-autoscaler/node-template/label/${key}`, value]),
    ...taints.map(({ key, value = '', effect }) => [
      `k8s.io/cluster-autoscaler/node-template/taint/${key}`,
      `${value}:${effect}`,
    ]),
  ]);

/** What a launch would send for a group with these labels and taints in its tags; undefined: nothing. */
export function launchPatchFor(
  node: NodeView,
  {
    labels = {},
    taints = [],
    ...does
  }: { labels?: Record<string, string>; taints?: readonly TaintView[] } & {
    undoMark?: boolean;
    admitPods?: boolean;
  },
) {
  const template = readTemplate(tagsOf(labels, taints));
  return launchPatch(node, template, { undoMark: false, admitPods: false, ...does })?.patch;
}
