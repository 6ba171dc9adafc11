import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EKSClient } from '@aws-sdk/client-eks';
import type { Cluster } from '../audit/network/eks-shapes.ts';
import type { ClusterObjects } from '../audit/network/kubernetes-shapes.ts';
import type { DeniedRead, NetworkSnapshot } from '../audit/network/snapshot.ts';
import type { Clock } from '../ports.ts';
import type { KubeTransport } from './kube-transport.ts';
import { chooseClusters } from './network-snapshot-choice.ts';
import { readGroups, readLaunchTemplates, usedTemplates } from './network-snapshot-compute.ts';
import { readVpcs } from './network-snapshot-ec2.ts';
import { readClusterParts } from './network-snapshot-eks.ts';
import { readObjects } from './network-snapshot-kubernetes.ts';
import { podSubnets } from './network-snapshot-pods.ts';
import { type SnapshotReads, snapshotReads } from './network-snapshot-reads.ts';
import { readRegion, readReservations } from './network-snapshot-region.ts';
import { readInstanceTypes, usedTypes } from './network-snapshot-types.ts';

export interface SnapshotWishes {
  /** Empty: all of the region. */
  clusterNames: readonly string[];
  /** Only clusters in these; empty: in any. */
  vpcIds: readonly string[];
}

export interface SnapshotPorts {
  ec2: Pick<EC2Client, 'send'>;
  eks: Pick<EKSClient, 'send'>;
  autoScaling: Pick<AutoScalingClient, 'send'>;
  region: string;
  /** The way into a cluster; without it nothing is read there. Its own endpoint may be out of reach. */
  openCluster?: ((cluster: Cluster) => Promise<KubeTransport & { close?(): void }>) | undefined;
  clock: Clock;
  random: () => number;
  /** Told at every answer: how many there were, and which was the last. */
  onAnswer?: ((action: string, answers: number) => void) | undefined;
}

/**
 * One look at the networks of clusters: every list once for all of them, page after page. A read that is refused is noted under `denied` and
 * its list left out. Throws NothingToAuditError for names that there are not, and what else goes wrong with AWS, whose cause is what
 * the client threw.
 */
export async function takeNetworkSnapshot(
  wishes: SnapshotWishes,
  ports: SnapshotPorts,
  signal: AbortSignal,
): Promise<NetworkSnapshot> {
  const { region, clock, random, onAnswer } = ports;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const answered = (action: string) => onAnswer?.(action, reads.answers());
  const reads = snapshotReads({ clock, random, signal: either, onAnswer: answered });
  try {
    return await take(wishes, { ...ports, reads }, region, either);
  } catch (error) {
    // What else is under way is of no use any more.
    stop.abort(error);
    signal.throwIfAborted();
    throw error;
  }
}

async function take(
  wishes: SnapshotWishes,
  { ec2, eks, autoScaling, openCluster, clock, reads }: SnapshotPorts & { reads: SnapshotReads },
  region: string,
  signal: AbortSignal,
): Promise<NetworkSnapshot> {
  const takenAt = new Date(clock.now()).toISOString();
  const { names, clusters, place } = await chooseClusters(eks, reads, wishes, region, signal);
  const clusterNames = clusters.map(({ name }) => name);
  const vpcIds = [...new Set(clusters.flatMap(({ resourcesVpcConfig }) => resourcesVpcConfig?.vpcId ?? []))];

  const compute = async () => {
    const [parts, groups] = await Promise.all([
      Promise.all(clusterNames.map((name) => readClusterParts(eks, reads, name, signal))),
      readGroups(autoScaling, reads, { clusterNames, region }, signal),
    ]);
    const whole = <T>(lists: readonly (T[] | undefined)[]) =>
      lists.includes(undefined) ? undefined : lists.flatMap((each) => each ?? []);
    const Nodegroups = whole(parts.map((each) => each.Nodegroups));
    const used = usedTemplates(groups ?? [], Nodegroups ?? []);
    const templates = await readLaunchTemplates(ec2, reads, used, region, signal);
    const types = usedTypes(groups ?? [], Nodegroups ?? [], templates ?? []);
    return defined({
      Nodegroups,
      FargateProfiles: whole(parts.map((each) => each.FargateProfiles)),
      Addons: whole(parts.map((each) => each.Addons)),
      AutoScalingGroups: groups,
      LaunchTemplateVersions: templates,
      InstanceTypes: await readInstanceTypes(ec2, reads, types, region, signal),
    });
  };
  const [network, common, machines, inside] = await Promise.all([
    readVpcs(ec2, reads, vpcIds, signal),
    readRegion(ec2, reads, region, signal),
    compute(),
    openCluster ? lookInside(clusters, openCluster, signal) : { kubernetes: {}, denied: [] },
  ]);
  const snapshot: NetworkSnapshot = {
    ...{ version: 1, ...place, region, takenAt },
    ...(names && { clusters: names }),
    Clusters: clusters,
    ...network,
    ...common,
    ...machines,
    kubernetes: inside.kubernetes,
  };
  const reservations = await readReservations(ec2, reads, podSubnets(snapshot), signal);
  return { ...snapshot, ...reservations, denied: [...reads.denied, ...inside.denied] };
}

/** Each cluster has limits of its own. */
async function lookInside(
  clusters: readonly Cluster[],
  openCluster: NonNullable<SnapshotPorts['openCluster']>,
  signal: AbortSignal,
): Promise<{ kubernetes: Record<string, ClusterObjects>; denied: DeniedRead[] }> {
  const looks = await Promise.all(
    clusters.map(async (cluster) => {
      const transport = await openCluster(cluster);
      try {
        return { name: cluster.name, ...(await readObjects(transport, cluster.name, signal)) };
      } finally {
        transport.close?.();
      }
    }),
  );
  return {
    kubernetes: Object.fromEntries(looks.map(({ name, objects }) => [name, objects])),
    denied: looks.flatMap(({ denied }) => denied),
  };
}

/** Without what was refused. */
function defined<T extends object>(lists: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)) as never;
}
