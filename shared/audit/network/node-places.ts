import type { Judged } from './check.ts';
import type { AutoScalingGroup } from './compute-shapes.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import type { Nodegroup } from './eks-shapes.ts';
import { unread } from './unread.ts';

/** What puts nodes, or the pods of a Fargate profile, into subnets. */
export interface NodePlace {
  /** `nodes`: instances that no group of the snapshot owns, such as Karpenter's. `pods`: network interfaces for pods alone. */
  kind: 'nodegroup' | 'group' | 'fargate' | 'nodes' | 'pods';
  /** `nodegroup workers`, for a reader and to tell findings apart. */
  name: string;
  subnetIds: readonly string[];
  nodegroup?: Nodegroup;
  group?: AutoScalingGroup;
}

/** A managed node group's Auto Scaling group is part of it and no place of its own. */
export function nodePlaces(context: ClusterContext): NodePlace[] {
  const { nodegroups = [], fargateProfiles = [], autoScalingGroups = [] } = context;
  const ofNodegroup = (group: AutoScalingGroup) =>
    nodegroups.some(
      ({ nodegroupName, resources }) =>
        resources?.autoScalingGroups?.some(({ name }) => name === group.AutoScalingGroupName) ||
        group.Tags?.some(({ Key, Value }) => Key === 'eks:nodegroup-name' && Value === nodegroupName),
    );
  const owned: NodePlace[] = [
    ...nodegroups.map((nodegroup): NodePlace => {
      const group = autoScalingGroups.find(({ AutoScalingGroupName }) =>
        nodegroup.resources?.autoScalingGroups?.some(({ name }) => name === AutoScalingGroupName),
      );
      const name = `nodegroup ${nodegroup.nodegroupName}`;
      return { kind: 'nodegroup', name, subnetIds: nodegroup.subnets ?? [], nodegroup, ...(group && { group }) };
    }),
    ...autoScalingGroups
      .filter((group) => !ofNodegroup(group))
      .map((group): NodePlace => {
        const subnetIds = (group.VPCZoneIdentifier ?? '').split(',').map((id) => id.trim());
        const name = `group ${group.AutoScalingGroupName}`;
        return { kind: 'group', name, subnetIds: subnetIds.filter((id) => id !== ''), group };
      }),
    ...fargateProfiles.map(
      ({ fargateProfileName, subnets = [] }): NodePlace => ({
        kind: 'fargate',
        name: `fargate ${fargateProfileName}`,
        subnetIds: subnets,
      }),
    ),
  ];
  const known = new Set(owned.filter(({ kind }) => kind !== 'fargate').flatMap(({ subnetIds }) => subnetIds));
  const others = subnetsOfNodes(context).filter((id) => !known.has(id));
  return others.length > 0 ? [...owned, { kind: 'nodes', name: 'nodes', subnetIds: others }] : owned;
}

/** Where the cluster's live nodes are: by their instances' network interfaces. */
function subnetsOfNodes({ kubernetes, networkInterfaces = [] }: ClusterContext): string[] {
  const instances = new Set((kubernetes.nodes?.items ?? []).map(({ spec }) => spec?.providerID?.split('/').at(-1)));
  const own = networkInterfaces.filter(({ Attachment }) => instances.has(Attachment?.InstanceId ?? ''));
  return [...new Set(own.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [SubnetId])))].sort();
}

/** An UNKNOWN for each kind of place that was not read. */
export function unreadPlaces(context: ClusterContext, ...kinds: readonly NodePlace['kind'][]): Judged[] {
  const { arn, nodegroups, autoScalingGroups, fargateProfiles } = context;
  const reads = [
    { kind: 'nodegroup', read: nodegroups, action: 'eks:DescribeNodegroup' },
    { kind: 'group', read: autoScalingGroups, action: 'autoscaling:DescribeAutoScalingGroups' },
    { kind: 'fargate', read: fargateProfiles, action: 'eks:DescribeFargateProfile' },
  ] as const;
  return reads
    .filter(({ kind, read }) => kinds.includes(kind) && read === undefined)
    .map(({ action }) => ({ ...unread(context, arn, action), matter: action }));
}

/** Each subnet of the cluster's VPC that places are in, with those; ids that no subnet has are left out. */
export function subnetsInUse(
  { subnets = [] }: ClusterContext,
  places: readonly NodePlace[],
): { subnet: Subnet; places: NodePlace[] }[] {
  const used = subnets.map((subnet) => ({
    subnet,
    places: places.filter(({ subnetIds }) => subnetIds.includes(subnet.SubnetId)),
  }));
  return used.filter((each) => each.places.length > 0);
}
