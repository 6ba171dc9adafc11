import type { ClusterPort } from '../cluster-port.ts';
import type { ClusterConnection } from './eks-clusters.ts';
import { once } from './once.ts';
import type { EksIdentity } from './open-eks-cluster.ts';

/**
 * Loads the Kubernetes adapter with the first cluster. EventBridge delivers the events of every hook in the account, and most of them end
 * before a cluster is asked.
 */
export function lazyEksCluster(
  identity: EksIdentity,
  options: { leaseNamespace: string; reportingInstance: string },
): (connection: ClusterConnection) => Promise<ClusterPort> {
  const opened = once(async () => (await import('./open-eks-cluster.ts')).openEksCluster(identity, options));
  return async (connection) => (await opened())(connection);
}
