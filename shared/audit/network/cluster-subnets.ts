import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import { localeOf } from './simulate/locales.ts';
import { unread } from './unread.ts';

/** Free addresses of a cluster subnet that EKS asks for and that it recommends. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export const clusterSubnetNeeds = { least: 6, recommended: 16 } as const;

/** Zones that EKS cannot place a control plane's interfaces in. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export const zonesWithoutEks: readonly string[] = ['use1-az3', 'usw1-az2', 'cac1-az3'];

/** What a check says of the subnets that the control plane's interfaces are in; those that are not there are left out. */
export function eachClusterSubnet(context: ClusterContext, judge: (subnet: Subnet) => Judged[]): Judged[] {
  const ids = context.cluster.resourcesVpcConfig?.subnetIds;
  if (!ids) return [unread(context, context.arn, 'eks:DescribeCluster')];
  if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
  return context.subnets.filter(({ SubnetId }) => ids.includes(SubnetId)).flatMap(judge);
}

/**
 * Gives the control plane other subnets in place of those that do not do, one of the same zone each, since the set of zones may not change;
 * undefined when there is none for one of them. https://docs.aws.amazon.com/cli/latest/reference/eks/update-cluster-config.html
 */
export function replaceClusterSubnets(context: ClusterContext, unfit: readonly Subnet[]): string | undefined {
  const ids = context.cluster.resourcesVpcConfig?.subnetIds ?? [];
  const others = (context.subnets ?? []).filter((subnet) => !ids.includes(subnet.SubnetId) && isFit(context, subnet));
  const kept = ids.filter((id) => !unfit.some(({ SubnetId }) => SubnetId === id));
  const found = unfit.map(({ AvailabilityZoneId }) =>
    others.find((subnet) => subnet.AvailabilityZoneId === AvailabilityZoneId),
  );
  const replaced = found.filter((subnet) => subnet !== undefined);
  if (replaced.length < unfit.length) return undefined;
  return updateClusterSubnets(context, [...kept, ...new Set(replaced.map(({ SubnetId }) => SubnetId))]);
}

/** One subnet of every zone that has a fit one, those that the cluster has first. */
export function spreadClusterSubnets(context: ClusterContext): string | undefined {
  const ids = context.cluster.resourcesVpcConfig?.subnetIds ?? [];
  const fit = (context.subnets ?? []).filter((subnet) => isFit(context, subnet));
  const own = fit.filter(({ SubnetId }) => ids.includes(SubnetId));
  const zones = Map.groupBy([...own, ...fit], ({ AvailabilityZoneId }) => AvailabilityZoneId);
  const chosen = [...zones.values()].flatMap(([first]) => (first ? [first.SubnetId] : []));
  return chosen.length < 2 ? undefined : updateClusterSubnets(context, chosen);
}

function isFit({ zones }: ClusterContext, subnet: Subnet): boolean {
  return (
    localeOf(subnet, zones) === 'availability-zone' &&
    !zonesWithoutEks.includes(subnet.AvailabilityZoneId ?? '') &&
    (subnet.AvailableIpAddressCount ?? 0) >= clusterSubnetNeeds.recommended
  );
}

function updateClusterSubnets({ cluster, snapshot }: ClusterContext, ids: readonly string[]): string {
  return commandLine(
    ...['aws', 'eks', 'update-cluster-config', '--name', cluster.name],
    ...['--resources-vpc-config', `subnetIds=${ids.join(',')}`, '--region', snapshot.region],
  );
}
