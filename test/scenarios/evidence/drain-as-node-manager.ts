import type { Pod } from '../../../sandbox/cluster/objects.ts';
import { createHttpsTransport } from '../../../shared/adapters/https-transport.ts';
import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { ControlPlane } from '../whole/control-plane.ts';
import type { Stage, StageNode } from '../whole/stage.ts';

/**
 * What a managed node group does to a node of it, in its name: it takes it out of load balancers, cordons it, evicts its pods, deletes what a budget holds and then
 * the node. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export async function drainAsNodeManager(plane: ControlPlane, stage: Stage, node: StageNode): Promise<void> {
  const front = await plane.openFront(async () => ({ user: 'eks:node-manager', groups: ['system:masters'] }));
  const manager = createHttpsTransport({
    ...{ server: front.url, ca: front.ca, userAgent: 'vpcLambda/v0.0.0 (linux/amd64) kubernetes/$Format' },
    auth: async () => ({ authorization: 'Bearer node-manager' }),
  });
  const ask = async (request: KubeRequest) => (await manager.request(request, AbortSignal.timeout(30_000))).status;
  const path = `/api/v1/nodes/${node.name}`;
  const merge = { method: 'PATCH', path, contentType: 'application/merge-patch+json' } as const;
  const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
  try {
    await ask({ ...merge, body: { metadata: { labels: { [label]: 'true' } } } });
    await ask({ ...merge, body: { spec: { unschedulable: true } } });
    const pods = (await stage.list<Pod>(stage.paths.pods)).filter(({ spec }) => spec.nodeName === node.name);
    for (const { metadata } of pods.filter(({ metadata }) => metadata.labels?.app !== 'agent')) {
      const pod = `${stage.paths.pods}/${metadata.name}`;
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: metadata.name } };
      const status = await ask({ method: 'POST', path: `${pod}/eviction`, body });
      if (status === 429) await ask({ method: 'DELETE', path: pod });
    }
    await ask({ method: 'DELETE', path });
  } finally {
    manager.close();
    await front.close();
  }
}
