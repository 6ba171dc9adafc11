import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  type EKSClient,
  ListAddonsCommand,
  ListClustersCommand,
  type ListClustersResponse,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import type { Addon, Cluster, FargateProfile, Nodegroup } from '../audit/network/eks-shapes.ts';
import { isNamed } from './error-name.ts';
import type { AnswerPage, SnapshotReads } from './network-snapshot-reads.ts';

type Client = Pick<EKSClient, 'send'>;

/** The names of the region's clusters; undefined when they may not be listed. */
export function listClusters(
  client: Client,
  reads: SnapshotReads,
  region: string,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  return reads.all(
    'eks:ListClusters',
    region,
    (nextToken) => client.send(new ListClustersCommand({ nextToken, maxResults: 100 }), { abortSignal: signal }),
    ({ clusters }: ListClustersResponse) => clusters,
  );
}

/** With its name alone when it may not be described, so that nothing is known of it; undefined: there is none. */
export async function describeCluster(
  client: Client,
  reads: SnapshotReads,
  name: string,
  signal: AbortSignal,
): Promise<Cluster | undefined> {
  const answer = await reads.one('eks:DescribeCluster', name, () =>
    unlessGone(client.send(new DescribeClusterCommand({ name }), { abortSignal: signal })),
  );
  if (answer === 'gone') return undefined;
  return answer?.cluster ? ({ ...answer.cluster, name } as Cluster) : { name };
}

export interface ClusterParts {
  Nodegroups?: Nodegroup[];
  FargateProfiles?: FargateProfile[];
  Addons?: Addon[];
}

/** What one cluster consists of. Of addons only the CNI is looked into; the rest by name. */
export async function readClusterParts(
  client: Client,
  reads: SnapshotReads,
  clusterName: string,
  signal: AbortSignal,
): Promise<ClusterParts> {
  const abort = { abortSignal: signal };
  const names = <Page>(
    action: string,
    list: (nextToken: string | undefined) => Promise<AnswerPage>,
    of: (page: Page) => string[] | undefined,
  ) => reads.all<string>(action, clusterName, list, of as (page: never) => string[] | undefined);

  const nodegroups = async () => {
    const named = await names(
      'eks:ListNodegroups',
      (nextToken) => client.send(new ListNodegroupsCommand({ clusterName, nextToken, maxResults: 100 }), abort),
      (page: { nodegroups?: string[] }) => page.nodegroups,
    );
    return whole(named, (nodegroupName) =>
      reads.one('eks:DescribeNodegroup', clusterName, async () => {
        const answer = await unlessGone(
          client.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), abort),
        );
        return answer === 'gone' ? answer : ({ ...answer.nodegroup, clusterName, nodegroupName } as Nodegroup);
      }),
    );
  };
  const profiles = async () => {
    const named = await names(
      'eks:ListFargateProfiles',
      (nextToken) => client.send(new ListFargateProfilesCommand({ clusterName, nextToken, maxResults: 100 }), abort),
      (page: { fargateProfileNames?: string[] }) => page.fargateProfileNames,
    );
    return whole(named, (fargateProfileName) =>
      reads.one('eks:DescribeFargateProfile', clusterName, async () => {
        const answer = await unlessGone(
          client.send(new DescribeFargateProfileCommand({ clusterName, fargateProfileName }), abort),
        );
        return answer === 'gone'
          ? answer
          : ({ ...answer.fargateProfile, clusterName, fargateProfileName } as FargateProfile);
      }),
    );
  };
  const addons = async () => {
    const named = await names(
      'eks:ListAddons',
      (nextToken) => client.send(new ListAddonsCommand({ clusterName, nextToken, maxResults: 100 }), abort),
      (page: { addons?: string[] }) => page.addons,
    );
    return whole(named, async (addonName): Promise<Addon | 'gone' | undefined> => {
      if (addonName !== 'vpc-cni') return { addonName, clusterName };
      return reads.one('eks:DescribeAddon', clusterName, async () => {
        const answer = await unlessGone(client.send(new DescribeAddonCommand({ clusterName, addonName }), abort));
        return answer === 'gone' ? answer : ({ ...answer.addon, clusterName, addonName } as Addon);
      });
    });
  };
  const [Nodegroups, FargateProfiles, Addons] = await Promise.all([nodegroups(), profiles(), addons()]);
  return { ...(Nodegroups && { Nodegroups }), ...(FargateProfiles && { FargateProfiles }), ...(Addons && { Addons }) };
}

/** All that are still there; undefined when one of them was refused. */
async function whole<T>(
  names: readonly string[] | undefined,
  describe: (name: string) => Promise<T | 'gone' | undefined>,
): Promise<T[] | undefined> {
  if (!names) return undefined;
  const described = await Promise.all(names.map(describe));
  if (described.includes(undefined)) return undefined;
  return described.filter((each): each is Awaited<T> & T => each !== 'gone' && each !== undefined);
}

/** Between list and describe things go. */
async function unlessGone<T>(asked: Promise<T>): Promise<T | 'gone'> {
  try {
    return await asked;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return 'gone';
    throw error;
  }
}
