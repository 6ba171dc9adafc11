import type { Identity } from '../../../sandbox/cluster/authorize.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { serveCluster } from '../../../sandbox/cluster/serve-cluster.ts';
import { clusterRights, drainGroup } from '../../../sandbox/world/cluster-rights.ts';
import { withEksTokens } from '../../../sandbox/world/eks-access.ts';
import { leaseNamespace } from '../../../sandbox/world/open-deployment.ts';
import { WatchRefusedError } from '../../../shared/adapters/kube-transport.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { surgeGrants } from '../../contract/cluster-port-rights.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';
import type { ControlPlane } from './control-plane.ts';

/** The sandbox's cluster in real time. */
export async function openSandbox(): Promise<ControlPlane> {
  const grants = clusterRights();
  const cluster = createCluster({ clock: realClock, grants, authenticate: () => undefined });
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: leaseNamespace } });
  cluster.start();
  const requests: FrontRequest[] = [];
  const tell = (
    asked: Pick<FrontRequest, 'method' | 'path'> & { query?: FrontRequest['query']; body?: unknown },
    identity: Identity,
    status: number,
  ) => {
    const user = identity && 'user' in identity ? identity.user : undefined;
    const { method, path, query = {}, body } = asked;
    requests.push({ at: Date.now(), user, method, path, query, body, status });
  };
  const told: typeof cluster = {
    ...cluster,
    async handle(request, identity, signal) {
      const response = await cluster.handle(request, identity, signal);
      tell(request, identity, response.status);
      return response;
    },
    async watch(request, identity, signal) {
      try {
        const frames = await cluster.watch(request, identity, signal);
        tell({ method: 'GET', ...request }, identity, 200);
        return frames;
      } catch (error) {
        if (error instanceof WatchRefusedError) tell({ method: 'GET', ...request }, identity, error.response.status);
        throw error;
      }
    },
  };
  return {
    admin: cluster.transportFor(),
    openFront: (authenticate) => serveCluster(withEksTokens(told, authenticate)),
    allowSurges: async (namespace) => {
      for (const { rules } of surgeGrants) grants.push({ group: drainGroup, rules, namespace });
    },
    requests,
    auditLog: undefined,
    close: async () => cluster.stop(),
  };
}
