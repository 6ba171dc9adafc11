import { expect, it } from 'vitest';
import { readTarget } from '../../sandbox/cluster/request-target.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { grants } from './cluster-port-rights.ts';
import { signal } from './cluster-port-world.ts';

it('the roles in infra/rbac grant what the adapter asks for, and nothing else', async () => {
  const used = new Set<string>();
  const note = (request: KubeRequest) => {
    // system:basic-user grants it to everyone.
    if (request.path.endsWith('/selfsubjectaccessreviews')) return;
    const { verb, resource, subresource } = readTarget(request);
    used.add(`${verb} ${resource.group}/${resource.name}${subresource ? `/${subresource}` : ''}`);
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
  for (const call of Object.values(
    everyCall(createKubeCluster(transport, { leaseNamespace: 'a', reportingInstance: 'b' })),
  ))
    await call();

  const granted = grants.flatMap(({ rules }) =>
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.flatMap((name) => verbs.map((verb) => `${verb} ${group}/${name}`))),
    ),
  );
  expect([...used].sort()).toEqual(granted.sort());
});

/** One call of each method; the compiler misses those that are missing. */
function everyCall(cluster: ClusterPort): { [Method in keyof ClusterPort]: () => unknown } {
  const pod = { namespace: 'a', name: 'b', uid: 'c' };
  const lease = { name: 'l', holder: 'h', durationSeconds: 1, renewedAt: 0, annotations: {}, resourceVersion: '1' };
  const event = { name: 'e', type: 'Normal', reason: 'r', message: 'm', at: '2026-01-01T00:00:00Z' } as const;
  return {
    findNodes: () => cluster.findNodes('i-1', signal),
    getNode: () => cluster.getNode('n', signal),
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
    getClaimVolume: () => cluster.getClaimVolume('a', 'b', signal),
    getVolume: () => cluster.getVolume('v', signal),
    mayI: () => cluster.mayI({ verb: 'get', group: '', resource: 'pods' }, signal),
    createEvent: () => cluster.createEvent({ ...event, regarding: { kind: 'Pod', ...pod } }, signal),
    getLease: () => cluster.getLease('l', signal),
    createLease: () => cluster.createLease(lease, signal),
    updateLease: () => cluster.updateLease(lease, signal),
  };
}

function firstOf<T>(events: AsyncIterable<T>): Promise<IteratorResult<T>> {
  return events[Symbol.asyncIterator]().next();
}
