import type { Subnet, Tag } from '../ec2-shapes.ts';
import { atLeast, type Version } from './versions.ts';

export const cniRoleKey = 'kubernetes.io/role/cni';
const clusterPrefix = 'cni.networking.k8s.aws/cluster/';

export interface CniView {
  /** All of the VPC's. */
  subnets: readonly Subnet[];
  clusterName: string;
  version: Version;
  /** ENABLE_SUBNET_DISCOVERY, on unless it is switched off. */
  discovery: boolean;
}

/** Whether the CNI minds subnets' tags at all. https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html */
export function mindsTags({ version, discovery }: Pick<CniView, 'version' | 'discovery'>): boolean {
  return discovery && atLeast(version, [1, 18, 0]);
}

/**
 * Where the VPC CNI makes a node's further network interfaces, the roomiest first: in the node's own subnet and in those of its zone that
 * are tagged for it. A zero excludes even the node's own, and a subnet scoped to clusters is for those alone.
 * https://github.com/aws/amazon-vpc-cni-k8s#enable_subnet_discovery-v1180
 */
export function cniSubnets(nodeSubnet: Subnet, view: CniView): Subnet[] {
  if (!mindsTags(view)) return [nodeSubnet];
  return view.subnets
    .filter(
      ({ VpcId, AvailabilityZone }) => VpcId === nodeSubnet.VpcId && AvailabilityZone === nodeSubnet.AvailabilityZone,
    )
    .filter((subnet) => isForPods(subnet, subnet.SubnetId === nodeSubnet.SubnetId, view.clusterName))
    .sort(
      (a, b) =>
        (b.AvailableIpAddressCount ?? 0) - (a.AvailableIpAddressCount ?? 0) || (a.SubnetId < b.SubnetId ? -1 : 1),
    );
}

function isForPods({ Tags = [] }: Subnet, isOwn: boolean, clusterName: string): boolean {
  const role = Tags.find(({ Key }) => Key === cniRoleKey);
  const scopes = Tags.filter(isScope).map(({ Key }) => Key);
  const inScope = scopes.length === 0 || scopes.includes(`${clusterPrefix}${clusterName}`);
  return role?.Value !== '0' && (isOwn || role !== undefined) && inScope;
}

function isScope({ Key = '' }: Tag): boolean {
  return Key.startsWith(clusterPrefix);
}
