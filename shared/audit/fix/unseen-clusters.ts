import type { NetworkSnapshot } from '../network/snapshot.ts';

/** Clusters of the region that may share a VPC with those of the snapshot and were not judged; undefined: nobody knows whether there are any. */
export function unseenClusters(
  { clusters, Clusters, denied = [] }: NetworkSnapshot,
  { wholeVpcs }: { wholeVpcs: boolean },
): string[] | undefined {
  if (!clusters) return undefined;
  const unread = denied.filter(({ action }) => action === 'eks:DescribeCluster').map(({ about }) => about);
  const unseen = clusters.filter((name) => !Clusters.some((cluster) => cluster.name === name));
  return wholeVpcs ? unseen.filter((name) => unread.includes(name)) : unseen;
}
