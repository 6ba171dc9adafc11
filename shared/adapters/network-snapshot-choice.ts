import type { EKSClient } from '@aws-sdk/client-eks';
import type { Cluster } from '../audit/network/eks-shapes.ts';
import type { SnapshotWishes } from './network-snapshot.ts';
import { describeCluster, listClusters } from './network-snapshot-eks.ts';
import { isRefusal, type SnapshotReads } from './network-snapshot-reads.ts';
import { DeniedError } from './paced-calls.ts';

/** There is no such thing in the region as was asked for. */
export class NothingToAuditError extends Error {
  override name = 'NothingToAuditError';
  /** Those that there are, of what was asked for; undefined: that may not be read. */
  readonly known: readonly string[] | undefined;
  readonly asked: readonly string[];
  constructor(message: string, asked: readonly string[], known: readonly string[] | undefined) {
    super(message);
    this.asked = asked;
    this.known = known;
  }
}

export interface Choice {
  /** Of all clusters of the region, if they may be listed. */
  names: string[] | undefined;
  clusters: Cluster[];
  place: { account: string; partition: string };
}

/** The clusters to be looked at. Throws a NothingToAuditError, or a DeniedError as the cause when nothing may be known of any. */
export async function chooseClusters(
  eks: Pick<EKSClient, 'send'>,
  reads: SnapshotReads,
  { clusterNames, vpcIds }: SnapshotWishes,
  region: string,
  signal: AbortSignal,
): Promise<Choice> {
  const names = await listClusters(eks, reads, region, signal);
  if (!names && clusterNames.length === 0)
    throw notAllowed(reads, `listing the clusters of ${region}`, 'eks:ListClusters');
  if (names?.length === 0) throw new NothingToAuditError(`there is no EKS cluster in ${region}`, clusterNames, []);
  const wanted = clusterNames.length > 0 ? [...new Set(clusterNames)] : (names ?? []);
  const unlisted = names ? wanted.filter((name) => !names.includes(name)) : [];
  if (unlisted.length > 0) throw noCluster(unlisted, region, names);

  const described = await Promise.all(
    wanted.map(async (name) => ({ name, cluster: await describeCluster(eks, reads, name, signal) })),
  );
  const gone = described.filter(({ name, cluster }) => !cluster && clusterNames.includes(name)).map(({ name }) => name);
  if (gone.length > 0) throw noCluster(gone, region, names);
  const there = described.flatMap(({ cluster }) => cluster ?? []);
  const [, partition, , , account] = there.find(({ arn }) => arn)?.arn?.split(':') ?? [];
  if (!partition || !account)
    throw notAllowed(reads, `describing ${wanted.slice(0, 3).join(', ')}`, 'eks:DescribeCluster');
  const clusters = there.filter((cluster) => vpcIds.length === 0 || isIn(cluster, vpcIds));
  const vpcs = [...new Set(there.flatMap(({ resourcesVpcConfig }) => resourcesVpcConfig?.vpcId ?? []))].sort();
  const empty = vpcIds.filter((id) => !vpcs.includes(id));
  if (empty.length > 0) {
    const whose = clusterNames.length > 0 ? `none of the clusters ${wanted.join(', ')}` : `no EKS cluster of ${region}`;
    throw new NothingToAuditError(`${whose} is in ${empty.join(' or ')}`, empty, vpcs);
  }
  return { names, clusters, place: { account, partition } };
}

function isIn({ resourcesVpcConfig }: Cluster, vpcIds: readonly string[]): boolean {
  return vpcIds.includes(resourcesVpcConfig?.vpcId ?? '');
}

function noCluster(asked: readonly string[], region: string, known: readonly string[] | undefined): Error {
  return new NothingToAuditError(`there is no EKS cluster ${asked.join(' or ')} in ${region}`, asked, known);
}

function notAllowed({ denied }: SnapshotReads, what: string, right: string): Error {
  const noted = denied.find(({ action }) => action === right);
  if (noted && !isRefusal(noted)) return new Error(`${what}: ${noted.message}`);
  return new Error(what, { cause: new DeniedError(right, { cause: new Error(noted?.message) }) });
}
