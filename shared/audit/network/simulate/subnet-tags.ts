import type { Subnet } from '../ec2-shapes.ts';
import type { BalancerScheme } from './load-balancer-wishes.ts';

export const roleKeys = {
  'internet-facing': 'kubernetes.io/role/elb',
  internal: 'kubernetes.io/role/internal-elb',
} as const satisfies Record<BalancerScheme, string>;

/** The controller asks EC2 for these values, letter by letter. */
export const roleValues: readonly string[] = ['', '1'];

export function hasRole({ Tags = [] }: Subnet, scheme: BalancerScheme): boolean {
  return Tags.some(({ Key, Value = '' }) => Key === roleKeys[scheme] && roleValues.includes(Value));
}

export function clusterKey(name: string): string {
  return `kubernetes.io/cluster/${name}`;
}

export function hasOwnTag({ Tags = [] }: Subnet, clusterName: string): boolean {
  return Tags.some(({ Key }) => Key === clusterKey(clusterName));
}

/** The cluster tags of a subnet, whatever their values. */
export function clusterKeysOf({ Tags = [] }: Subnet): string[] {
  return Tags.flatMap(({ Key = '' }) => (Key.startsWith('kubernetes.io/cluster') ? [Key] : []));
}

/** Tagged for clusters, and this one is not among them. */
export function isForOthersOnly(subnet: Subnet, clusterName: string): boolean {
  return clusterKeysOf(subnet).length > 0 && !hasOwnTag(subnet, clusterName);
}

/** Has an IPv6 block that is in force. */
export function hasIpv6({ Ipv6CidrBlockAssociationSet = [] }: Subnet): boolean {
  return Ipv6CidrBlockAssociationSet.some(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === 'associated');
}
