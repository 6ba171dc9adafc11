import type { ClusterDirectoryPort } from '../ports.ts';
import { once } from './once.ts';
import type { EksOptions } from './open-eks-cluster.ts';

/**
 * Loads the EKS client and the Kubernetes adapter with the first cluster. EventBridge delivers the events of every hook in the account, and
 * most of them end before a cluster is asked.
 */
export function lazyClusters(options: EksOptions): ClusterDirectoryPort {
  const opened = once(async () => (await import('./open-clusters.ts')).openClusters(options));
  return { open: async (clusterName, signal) => (await opened()).open(clusterName, signal) };
}
