import { realClock } from '../../shared/adapters/real-clock.ts';
import { createCluster } from '../cluster/create-cluster.ts';
import { serveCluster } from '../cluster/serve-cluster.ts';
import { clusterRights } from './cluster-rights.ts';
import { deliveredAction } from './delivered-event.ts';
import { withEksTokens } from './eks-access.ts';
import { tellingEvictions } from './evictions-seen.ts';
import type { Observer } from './observation.ts';
import {
  type Authenticate,
  type ClusterFront,
  type DeploymentOptions,
  leaseNamespace,
  openDeployment,
} from './open-deployment.ts';

export type WorldOptions = DeploymentOptions;

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A deployment and the sandbox's cluster, on loopback. */
export async function openWorld(options: WorldOptions, observe: Observer) {
  const cluster = createCluster({ clock: realClock, grants: clusterRights(), authenticate: () => undefined });
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: leaseNamespace } });
  const openFront = async (authenticate: Authenticate): Promise<ClusterFront> => {
    const server = await serveCluster(withEksTokens(tellingEvictions(cluster, observe), authenticate));
    const close = async () => {
      cluster.stop();
      await server.close();
    };
    return { ...server, close };
  };
  return { ...(await openDeployment(options, deliveredAction(), openFront, observe)), cluster };
}
