import type { ClusterContext } from './context.ts';
import type { Cluster } from './eks-shapes.ts';

/** The clusters of the snapshot that are in the cluster's VPC, itself among them. */
export function clustersOfVpc({ snapshot, vpcId }: Pick<ClusterContext, 'snapshot' | 'vpcId'>): Cluster[] {
  return snapshot.Clusters.filter(({ resourcesVpcConfig }) => resourcesVpcConfig?.vpcId === vpcId);
}

/** No cluster of the region was left unread, so that none can be in the VPC unseen. */
export function isEveryClusterRead({ snapshot: { clusters, Clusters } }: Pick<ClusterContext, 'snapshot'>): boolean {
  return clusters?.every((name) => Clusters.some((cluster) => cluster.name === name)) ?? false;
}
