import type { AutoScalingGroup } from './compute-shapes.ts';
import type { NetworkInterface } from './ec2-address-shapes.ts';
import type { AvailabilityZone, NatGateway, RouteTable, Subnet, Vpc, VpcEndpoint } from './ec2-shapes.ts';
import type { Addon, Cluster, FargateProfile, Nodegroup } from './eks-shapes.ts';
import type { ClusterObjects } from './kubernetes-shapes.ts';
import { arnIn } from './names.ts';
import { type ControllerLook, findController } from './simulate/controller.ts';
import { type EffectiveTable, effectiveRouteTable } from './simulate/effective-route-table.ts';
import { type BalancerWishes, balancerWishes } from './simulate/load-balancer-wishes.ts';
import type { NetworkSnapshot } from './snapshot.ts';

/** A snapshot as one cluster sees it. What is undefined was not read. */
export interface ClusterContext {
  snapshot: NetworkSnapshot;
  cluster: Cluster;
  /** The cluster's ARN. */
  arn: string;
  vpcId: string | undefined;
  vpc: Vpc | undefined;
  /** Those of its VPC, by id. */
  subnets: readonly Subnet[] | undefined;
  routeTables: readonly RouteTable[] | undefined;
  /** By the subnet's id; a subnet that is absent has no table that is to be seen. */
  routing: ReadonlyMap<string, EffectiveTable>;
  natGateways: readonly NatGateway[] | undefined;
  vpcEndpoints: readonly VpcEndpoint[] | undefined;
  networkInterfaces: readonly NetworkInterface[] | undefined;
  nodegroups: readonly Nodegroup[] | undefined;
  fargateProfiles: readonly FargateProfile[] | undefined;
  addons: readonly Addon[] | undefined;
  /** Those tagged as this cluster's. */
  autoScalingGroups: readonly AutoScalingGroup[] | undefined;
  kubernetes: ClusterObjects;
  controller: ControllerLook;
  balancers: BalancerWishes;
  /** By id: two accounts may name one zone differently. */
  zones: ReadonlyMap<string, AvailabilityZone>;
}

/** One for each cluster, in the snapshot's order; what is of one VPC is sorted out once. */
export function clusterContexts(snapshot: NetworkSnapshot): ClusterContext[] {
  const byVpc = {
    subnets: ofVpcs([...(snapshot.Subnets ?? [])].sort((a, b) => (a.SubnetId < b.SubnetId ? -1 : 1))),
    routeTables: ofVpcs(snapshot.RouteTables),
    natGateways: ofVpcs(snapshot.NatGateways),
    vpcEndpoints: ofVpcs(snapshot.VpcEndpoints),
    networkInterfaces: ofVpcs(snapshot.NetworkInterfaces),
  };
  const zones = new Map((snapshot.AvailabilityZones ?? []).map((zone) => [zone.ZoneId ?? '', zone]));
  return snapshot.Clusters.map((cluster) => {
    const vpcId = cluster.resourcesVpcConfig?.vpcId;
    const isRefused = (about: string | undefined, actions: readonly string[]) =>
      snapshot.denied?.some((read) => read.about === about && actions.includes(read.action)) ?? false;
    const inVpc = <T>(read: readonly T[] | undefined, map: ReadonlyMap<string | undefined, T[]>, action: string) =>
      read && vpcId !== undefined && !isRefused(vpcId, [action]) ? (map.get(vpcId) ?? []) : undefined;
    const ofCluster = <T extends { clusterName: string }>(read: readonly T[] | undefined, ...actions: string[]) =>
      isRefused(cluster.name, actions) ? undefined : read?.filter(({ clusterName }) => clusterName === cluster.name);
    const kubernetes = snapshot.kubernetes?.[cluster.name] ?? {};
    const subnets = inVpc(snapshot.Subnets, byVpc.subnets, 'ec2:DescribeSubnets');
    const routeTables = inVpc(snapshot.RouteTables, byVpc.routeTables, 'ec2:DescribeRouteTables');
    return {
      snapshot,
      cluster,
      arn: cluster.arn ?? arnIn(snapshot, 'eks', `cluster/${cluster.name}`),
      vpcId,
      vpc: snapshot.Vpcs?.find(({ VpcId }) => VpcId === vpcId),
      subnets,
      routeTables,
      routing: routingOf(subnets ?? [], routeTables ?? []),
      natGateways: inVpc(snapshot.NatGateways, byVpc.natGateways, 'ec2:DescribeNatGateways'),
      vpcEndpoints: inVpc(snapshot.VpcEndpoints, byVpc.vpcEndpoints, 'ec2:DescribeVpcEndpoints'),
      networkInterfaces: inVpc(snapshot.NetworkInterfaces, byVpc.networkInterfaces, 'ec2:DescribeNetworkInterfaces'),
      nodegroups: ofCluster(snapshot.Nodegroups, 'eks:ListNodegroups', 'eks:DescribeNodegroup'),
      fargateProfiles: ofCluster(snapshot.FargateProfiles, 'eks:ListFargateProfiles', 'eks:DescribeFargateProfile'),
      addons: ofCluster(snapshot.Addons, 'eks:ListAddons', 'eks:DescribeAddon'),
      autoScalingGroups: snapshot.AutoScalingGroups?.filter((group) => isGroupOf(group, cluster.name)),
      kubernetes,
      controller: findController(cluster, kubernetes),
      balancers: balancerWishes(kubernetes),
      zones,
    };
  });
}

function ofVpcs<T extends { VpcId?: string }>(read: readonly T[] | undefined) {
  return Map.groupBy(read ?? [], ({ VpcId }) => VpcId);
}

function routingOf(subnets: readonly Subnet[], tables: readonly RouteTable[]) {
  const pairs = subnets.map((subnet) => [subnet.SubnetId, effectiveRouteTable(subnet, tables)] as const);
  return new Map(pairs.flatMap(([id, effective]) => (effective ? [[id, effective] as const] : [])));
}

function isGroupOf({ Tags = [] }: AutoScalingGroup, name: string): boolean {
  return Tags.some(
    ({ Key, Value }) => Key === `kubernetes.io/cluster/${name}` || (Key === 'eks:cluster-name' && Value === name),
  );
}
