import { type AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplateVersionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type {
  AutoScalingGroup,
  LaunchTemplateSpecification,
  LaunchTemplateVersion,
} from '../audit/network/compute-shapes.ts';
import type { Nodegroup } from '../audit/network/eks-shapes.ts';
import { chunked } from './network-snapshot-ec2.ts';
import type { SnapshotReads } from './network-snapshot-reads.ts';

const pageSize = 100;

/** Groups whose tags name one of the clusters. */
export async function readGroups(
  client: Pick<AutoScalingClient, 'send'>,
  reads: SnapshotReads,
  { clusterNames, region }: { clusterNames: readonly string[]; region: string },
  signal: AbortSignal,
): Promise<AutoScalingGroup[] | undefined> {
  const keys = ['eks:cluster-name', ...clusterNames.map((name) => `kubernetes.io/cluster/${name}`)];
  const lists = await Promise.all(
    chunked(keys, pageSize).map((Values) =>
      reads.all<AutoScalingGroup>(
        'autoscaling:DescribeAutoScalingGroups',
        region,
        (NextToken) =>
          client.send(
            new DescribeAutoScalingGroupsCommand({
              Filters: [{ Name: 'tag-key', Values }],
              MaxRecords: pageSize,
              ...(NextToken && { NextToken }),
            }),
            { abortSignal: signal },
          ),
        ({ AutoScalingGroups }: { AutoScalingGroups?: unknown[] }) => AutoScalingGroups,
      ),
    ),
  );
  if (lists.includes(undefined)) return undefined;
  const byName = new Map(lists.flatMap((each) => each ?? []).map((group) => [group.AutoScalingGroupName, group]));
  return [...byName.values()].filter(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) =>
      Key === 'eks:cluster-name' ? clusterNames.includes(Value ?? '') : keys.includes(Key ?? ''),
    ),
  );
}

/**
 * The versions that groups and node groups use, without user data. The newest and the default version of every template come in pages; a call
 * by itself takes only a template of which another version is in use.
 */
export async function readLaunchTemplates(
  client: Pick<EC2Client, 'send'>,
  reads: SnapshotReads,
  used: readonly LaunchTemplateSpecification[],
  region: string,
  signal: AbortSignal,
): Promise<LaunchTemplateVersion[] | undefined> {
  if (used.length === 0) return [];
  const read = (which: { LaunchTemplateId?: string; LaunchTemplateName?: string; Versions: string[] }) =>
    reads.all<LaunchTemplateVersion>(
      'ec2:DescribeLaunchTemplateVersions',
      region,
      (NextToken) =>
        unlessGone(
          client.send(
            new DescribeLaunchTemplateVersionsCommand({ ...which, MaxResults: 200, ...(NextToken && { NextToken }) }),
            { abortSignal: signal },
          ),
        ),
      ({ LaunchTemplateVersions = [] }: { LaunchTemplateVersions?: LaunchTemplateVersion[] }) =>
        LaunchTemplateVersions.map(withoutUserData),
    );
  const common = await read({ Versions: ['$Latest', '$Default'] });
  if (!common) return undefined;
  const known = common.filter((version) => used.some((each) => isOf(version, each)));
  const missing = used.filter(
    (each) =>
      /^\d+$/.test(each.Version ?? '') && !known.some((version) => isOf(version, each) && isVersion(version, each)),
  );
  const byTemplate = Map.groupBy(
    missing,
    ({ LaunchTemplateId, LaunchTemplateName }) => LaunchTemplateId ?? LaunchTemplateName,
  );
  const others = await Promise.all(
    [...byTemplate.values()].map((specs) => {
      const { LaunchTemplateId, LaunchTemplateName } = specs[0] ?? {};
      const name = LaunchTemplateId ? { LaunchTemplateId } : { ...(LaunchTemplateName && { LaunchTemplateName }) };
      return read({ ...name, Versions: [...new Set(specs.flatMap(({ Version }) => Version ?? []))] });
    }),
  );
  if (others.includes(undefined)) return undefined;
  // The newest version is the default one as a rule.
  const all = [...known, ...others.flatMap((each) => each ?? [])];
  return [...new Map(all.map((each) => [`${each.LaunchTemplateId} ${each.VersionNumber}`, each])).values()];
}

/** Every launch template that something starts instances with. */
export function usedTemplates(
  groups: readonly AutoScalingGroup[],
  nodegroups: readonly Nodegroup[],
): LaunchTemplateSpecification[] {
  const all = [
    ...groups.flatMap(({ LaunchTemplate, MixedInstancesPolicy }) => {
      const { LaunchTemplateSpecification: common, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
      return [LaunchTemplate, common, ...Overrides.map((each) => each.LaunchTemplateSpecification)];
    }),
    ...nodegroups.map(
      ({ launchTemplate: { id, name, version } = {} }): LaunchTemplateSpecification => ({
        ...(id && { LaunchTemplateId: id }),
        ...(name && { LaunchTemplateName: name }),
        ...(version && { Version: version }),
      }),
    ),
  ];
  return all.filter(
    (each): each is LaunchTemplateSpecification =>
      each?.LaunchTemplateId !== undefined || each?.LaunchTemplateName !== undefined,
  );
}

function isOf(version: LaunchTemplateVersion, { LaunchTemplateId, LaunchTemplateName }: LaunchTemplateSpecification) {
  return LaunchTemplateId
    ? version.LaunchTemplateId === LaunchTemplateId
    : version.LaunchTemplateName === LaunchTemplateName;
}

function isVersion({ VersionNumber }: LaunchTemplateVersion, { Version }: LaunchTemplateSpecification): boolean {
  return String(VersionNumber) === Version;
}

function withoutUserData(version: LaunchTemplateVersion): LaunchTemplateVersion {
  const { UserData: _, ...data } = (version.LaunchTemplateData ?? {}) as { UserData?: string };
  return { ...version, LaunchTemplateData: data };
}

/** A group may go by a template or a version that is deleted; that it does is for others to say. */
async function unlessGone<T extends object>(asked: Promise<T>): Promise<T | Record<string, never>> {
  try {
    return await asked;
  } catch (error) {
    const gone = /^InvalidLaunchTemplate(Id|Name)\.(NotFound|NotFoundException|VersionNotFound)/;
    if (error instanceof Error && gone.test(error.name)) return {};
    throw error;
  }
}
