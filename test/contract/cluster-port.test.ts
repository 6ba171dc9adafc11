import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { administrator } from '../../sandbox/cluster/authorize.ts';
import { type Cluster, createCluster } from '../../sandbox/cluster/create-cluster.ts';
import { serveCluster } from '../../sandbox/cluster/serve-cluster.ts';
import { createHttpsTransport } from '../../shared/adapters/https-transport.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import { createKubeconfigTransport } from '../../shared/adapters/kubeconfig-transport.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { clusterPortContract } from './cluster-port.ts';
import { applyRights, drainer, grants } from './cluster-port-rights.ts';
import { type ClusterPortTarget, signal, valueIn } from './cluster-port-world.ts';

const ours = { leaseNamespace: 'eks-node-lifecycle', reportingInstance: 'contract' };

function target(admin: KubeTransport, transport: KubeTransport, close: () => unknown): ClusterPortTarget {
  return { admin, cluster: createKubeCluster(transport, ours), close: async () => void (await close()) };
}

function createModel(): Cluster {
  const authenticate = (token: string) => ({ admin: administrator, drainer })[token];
  const model = createCluster({ clock: realClock, grants, authenticate });
  model.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: ours.leaseNamespace } });
  return model;
}

clusterPortContract("the sandbox's cluster", async () => {
  const model = createModel();
  return target(model.transportFor(), model.transportFor(drainer), model.stop);
});

clusterPortContract("the sandbox's API server", async () => {
  const model = createModel();
  const { url, ca, close } = await serveCluster(model);
  const as = (token: string) =>
    createHttpsTransport({ server: url, ca, auth: async () => ({ authorization: `Bearer ${token}` }) });
  const [admin, transport] = [as('admin'), as('drainer')];
  return target(admin, transport, async () => {
    model.stop();
    transport.close();
    admin.close();
    await close();
  });
});

const kubeconfig = process.env.TEST_KUBECONFIG;
if (kubeconfig)
  clusterPortContract('a real API server', async () => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const admin = createKubeconfigTransport(config);
    await applyRights(admin);
    const asDrainer = { 'impersonate-user': drainer.user, 'impersonate-group': drainer.groups[0] ?? '' };
    const transport = createKubeconfigTransport(config, { auth: async () => asDrainer });
    return target(admin, transport, () => {
      transport.close();
      admin.close();
    });
  });

describe('a watch from before a compaction', () => {
  it('ends as expired', async () => {
    const model = createModel();
    const cluster = createKubeCluster(model.transportFor(drainer), ours);
    const { resourceVersion } = valueIn(await cluster.listPods('worker-1', signal));
    model.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' } });
    model.compact();
    const events = [];
    for await (const event of cluster.watchPods('worker-1', resourceVersion, signal)) events.push(event);
    expect(events).toEqual([{ type: 'expired' }]);
    model.stop();
  });
});
