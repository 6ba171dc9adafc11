import type { MappedSubnet, RouteKind, VpcMap } from '../vpc-map.ts';
import { type ClusterContext, clusterContexts } from './context.ts';
import type { RouteTable, Subnet, Tag } from './ec2-shapes.ts';
import { isShared, subnetArn, tagValue } from './names.ts';
import { effectiveRouteTable } from './simulate/effective-route-table.ts';
import { defaultRoute, describeDefault, leadsTo } from './simulate/routes.ts';
import type { NetworkSnapshot } from './snapshot.ts';

/** The networks of the clusters of a snapshot, each with its subnets in the order of their zones; a VPC of several clusters once. */
export function vpcMaps(snapshot: NetworkSnapshot): VpcMap[] {
  const byVpc = Map.groupBy(
    clusterContexts(snapshot).filter(({ vpcId }) => vpcId !== undefined),
    ({ vpcId }) => vpcId ?? '',
  );
  return [...byVpc].flatMap(([id, contexts]) => {
    const [context] = contexts;
    if (!context) return [];
    const { vpc, subnets = [] } = context;
    const ranges = vpc?.CidrBlockAssociationSet?.flatMap(({ CidrBlock }) => CidrBlock ?? []) ?? [];
    const first = vpc?.CidrBlock;
    return {
      id,
      ...nameIn(vpc?.Tags),
      cidrs: [...new Set([...(first === undefined ? [] : [first]), ...ranges])],
      clusters: contexts.map(({ cluster }) => cluster.name),
      subnets: subnets.map((subnet) => mapped(subnet, context, contexts)).sort(byZone),
    };
  });
}

function mapped(subnet: Subnet, context: ClusterContext, contexts: readonly ClusterContext[]): MappedSubnet {
  const {
    SubnetId,
    AvailabilityZone,
    AvailabilityZoneId,
    CidrBlock,
    AvailableIpAddressCount: free,
    Tags = [],
  } = subnet;
  const ipv6 = subnet.Ipv6CidrBlockAssociationSet?.flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []) ?? [];
  return {
    ...{ id: SubnetId, arn: subnetArn(context, subnet), ...nameIn(Tags) },
    zone: AvailabilityZone ?? AvailabilityZoneId ?? 'unknown',
    ...(AvailabilityZoneId !== undefined && { zoneId: AvailabilityZoneId }),
    cidrs: [...(CidrBlock === undefined ? [] : [CidrBlock]), ...ipv6],
    ...wayOut(context.routeTables && effectiveRouteTable(subnet, context.routeTables)?.table, CidrBlock === undefined),
    ...(free !== undefined && { free }),
    shared: isShared(context, subnet),
    tags: Object.fromEntries(Tags.flatMap(({ Key, Value = '' }) => (Key === undefined ? [] : [[Key, Value]]))),
    uses: contexts.flatMap((each) => usesOf(SubnetId, each)),
  };
}

function wayOut(table: RouteTable | undefined, withoutIpv4: boolean): { route: RouteKind; way: string } {
  if (!table) return { route: 'unknown', way: 'no route table is to be seen' };
  const found = defaultRoute(table, withoutIpv4 ? 'v6' : 'v4');
  const way = `${table.RouteTableId}: ${describeDefault(found)}`;
  if (!found || found.targets.every(({ blackhole }) => blackhole)) return { route: 'isolated', way };
  if (leadsTo(found, 'igw')) return { route: 'public', way };
  return { route: leadsTo(found, 'nat') || leadsTo(found, 'eigw') ? 'nat' : 'transit', way };
}

function usesOf(
  subnetId: string,
  { cluster, nodegroups = [], fargateProfiles = [], autoScalingGroups = [] }: ClusterContext,
) {
  const nodes =
    nodegroups.some(({ subnets = [] }) => subnets.includes(subnetId)) ||
    autoScalingGroups.some(({ VPCZoneIdentifier = '' }) => VPCZoneIdentifier.split(',').includes(subnetId));
  return [
    ...(cluster.resourcesVpcConfig?.subnetIds?.includes(subnetId) ? [`control plane of ${cluster.name}`] : []),
    ...(nodes ? [`nodes of ${cluster.name}`] : []),
    ...(fargateProfiles.some(({ subnets = [] }) => subnets.includes(subnetId)) ? [`Fargate of ${cluster.name}`] : []),
  ];
}

function nameIn(tags: readonly Tag[] | undefined): { name?: string } {
  const name = tagValue(tags, 'Name');
  return name ? { name } : {};
}

function byZone(a: MappedSubnet, b: MappedSubnet): number {
  const key = ({ zone, id }: MappedSubnet) => `${zone} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}
