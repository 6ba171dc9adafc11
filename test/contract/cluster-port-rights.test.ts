import { expect, it } from 'vitest';
import { readTarget } from '../../sandbox/cluster/request-target.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import { createKubeInventory } from '../../shared/adapters/kube-inventory.ts';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { takeSnapshot } from '../../shared/manual/take-snapshot.ts';
import { grants, launchGrants, planGrants, surgeGrants } from './cluster-port-rights.ts';
import { signal } from './cluster-port-world.ts';

it('the roles in infra/rbac grant a drain what the adapter asks for, and nothing else', async () => {
  const methods = methodsBut('listNode', 'watchNode', 'listMappedRoles', ...ofSurges);
  expect(await usedBy(methods)).toEqual(grantedBy(grants));
});

it('the role in infra/rbac/surge grants what a surge asks for, and nothing else', async () => {
  expect(await usedBy(ofSurges)).toEqual(grantedBy(surgeGrants));
});

it('they grant a launch what it asks for, and nothing else', async () => {
  expect(await usedBy(ofLaunches)).toEqual(grantedBy(launchGrants));
});

it('they grant a plan what it reads, and nothing else', async () => {
  const { transport, asked } = noting();
  const cluster = createKubeCluster(transport, { leaseNamespace: 'a', reportingInstance: 'b' });
  await takeSnapshot({ cluster, inventory: createKubeInventory(transport) }, signal);
  expect(asked()).toEqual(grantedBy(planGrants));
});

const ofSurges = ['getDeployment', 'restartDeployment'] as const;

/** What shared/launch calls. */
const ofLaunches = [
  'findNodes',
  'getNode',
  'listNode',
  'watchNode',
  'patchNode',
  'listPods',
  'watchPods',
  'getDaemonSet',
  'listMappedRoles',
  'createNodeEvent',
] as const;

async function usedBy(methods: readonly Call[]): Promise<string[]> {
  const { transport, asked } = noting();
  const calls = everyCall(createKubeCluster(transport, { leaseNamespace: 'a', reportingInstance: 'b' }));
  for (const method of methods) await calls[method]();
  return asked();
}

/** A way in that answers anything, and knows which rights were asked for. */
function noting(): { transport: KubeTransport; asked: () => string[] } {
  const used = new Set<string>();
  const note = (request: KubeRequest) => {
    // system:basic-user grants it to everyone.
    if (request.path.endsWith('/selfsubjectaccessreviews')) return;
    const { verb, resource, subresource, name } = readTarget(request);
    const named = resource.name === 'configmaps' ? ` ${name}` : '';
    used.add(`${verb} ${resource.group}/${resource.name}${subresource ? `/${subresource}` : ''}${named}`);
  };
  const transport: KubeTransport = {
    request: async (request) => {
      note(request);
      return { status: 200, headers: {}, body: { spec: { volumeName: 'pv-1' } } };
    },
    // biome-ignore lint/correctness/useYield: it ends at once.
    async *watch(request) {
      note({ method: 'GET', ...request });
    },
  };
  return { transport, asked: () => [...used].sort() };
}

function grantedBy(given: typeof grants): string[] {
  const granted = given.flatMap(({ rules }) =>
    rules.flatMap(({ apiGroups, resources, verbs, resourceNames = [''] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) => verbs.map((verb) => `${verb} ${group}/${resource} ${name}`.trim())),
        ),
      ),
    ),
  );
  return granted.sort();
}

type Call = keyof ReturnType<typeof everyCall>;

function methodsBut(...left: readonly Call[]): Call[] {
  const all = Object.keys(everyCall({} as ClusterPort)) as Call[];
  return all.filter((method) => !left.includes(method));
}

/** One call of each method; the compiler misses those that are missing. */
function everyCall(cluster: ClusterPort): { [Method in keyof ClusterPort | 'createNodeEvent']: () => unknown } {
  const pod = { namespace: 'a', name: 'b', uid: 'c' };
  const lease = { name: 'l', holder: 'h', durationSeconds: 1, renewedAt: 0, annotations: {}, resourceVersion: '1' };
  const event = { name: 'e', type: 'Normal', reason: 'r', message: 'm', at: '2026-01-01T00:00:00Z' } as const;
  return {
    findNodes: () => cluster.findNodes('i-1', signal),
    getNode: () => cluster.getNode('n', signal),
    listNode: () => cluster.listNode('n', signal),
    watchNode: () => firstOf(cluster.watchNode('n', '1', signal)),
    patchNode: () => cluster.patchNode('n', {}, signal),
    listMarkedNodes: () => cluster.listMarkedNodes(signal),
    listPods: () => cluster.listPods('n', signal),
    getPod: () => cluster.getPod(pod, signal),
    listPodsOfNamespace: () => cluster.listPodsOfNamespace('a', signal),
    evictPod: () => cluster.evictPod(pod, {}, signal),
    deletePod: () => cluster.deletePod(pod, { graceSeconds: 1 }, signal),
    listBudgets: () => cluster.listBudgets(signal),
    watchPods: () => firstOf(cluster.watchPods('n', '1', signal)),
    watchBudgets: () => firstOf(cluster.watchBudgets('1', signal)),
    listAttachments: () => cluster.listAttachments(signal),
    getDaemonSet: () => cluster.getDaemonSet('a', 'b', signal),
    getDeployment: () => cluster.getDeployment(pod, signal),
    restartDeployment: () => cluster.restartDeployment(pod, { restartedAt: '', resourceVersion: '' }, signal),
    listMappedRoles: () => cluster.listMappedRoles(signal),
    getClaimVolume: () => cluster.getClaimVolume('a', 'b', signal),
    getVolume: () => cluster.getVolume('v', signal),
    mayI: () => cluster.mayI({ verb: 'get', group: '', resource: 'pods' }, signal),
    createEvent: () => cluster.createEvent({ ...event, regarding: { kind: 'Pod', ...pod } }, signal),
    createNodeEvent: () => cluster.createEvent({ ...event, regarding: { kind: 'Node', name: 'n', uid: 'u' } }, signal),
    getLease: () => cluster.getLease('l', signal),
    createLease: () => cluster.createLease(lease, signal),
    updateLease: () => cluster.updateLease(lease, signal),
  };
}

function firstOf<T>(events: AsyncIterable<T>): Promise<IteratorResult<T>> {
  return events[Symbol.asyncIterator]().next();
}
