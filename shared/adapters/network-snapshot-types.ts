import { DescribeInstanceTypesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { AutoScalingGroup, InstanceTypeInfo, LaunchTemplateVersion } from '../audit/network/compute-shapes.ts';
import type { Nodegroup } from '../audit/network/eks-shapes.ts';
import { chunked } from './network-snapshot-ec2.ts';
import type { SnapshotReads } from './network-snapshot-reads.ts';

const pageSize = 100;

/** What the instance types can do that are named anywhere; unlike a list of names, a filter passes over those that are unknown. */
export async function readInstanceTypes(
  client: Pick<EC2Client, 'send'>,
  reads: SnapshotReads,
  types: readonly string[],
  region: string,
  signal: AbortSignal,
): Promise<InstanceTypeInfo[] | undefined> {
  const lists = await Promise.all(
    chunked(types, pageSize).map((Values) =>
      reads.all<InstanceTypeInfo>(
        'ec2:DescribeInstanceTypes',
        region,
        (NextToken) =>
          client.send(
            new DescribeInstanceTypesCommand({
              Filters: [{ Name: 'instance-type', Values }],
              MaxResults: pageSize,
              ...(NextToken && { NextToken }),
            }),
            { abortSignal: signal },
          ),
        ({ InstanceTypes }: { InstanceTypes?: unknown[] }) => InstanceTypes,
      ),
    ),
  );
  return lists.includes(undefined) ? undefined : lists.flatMap((each) => each ?? []);
}

export function usedTypes(
  groups: readonly AutoScalingGroup[],
  nodegroups: readonly Nodegroup[],
  templates: readonly LaunchTemplateVersion[],
): string[] {
  const all = [
    ...groups.flatMap(({ Instances = [], MixedInstancesPolicy }) => [
      ...Instances.map(({ InstanceType }) => InstanceType),
      ...(MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).map(({ InstanceType }) => InstanceType),
    ]),
    ...nodegroups.flatMap(({ instanceTypes = [] }) => instanceTypes),
    ...templates.map(({ LaunchTemplateData }) => LaunchTemplateData?.InstanceType),
  ];
  return [...new Set(all.flatMap((type) => type ?? []))].sort();
}
