import type { Remediation } from '../finding.ts';
import { discoveries, discoveringName, discoveryView } from './balancer-discovery.ts';
import { clusterSubnetNeeds } from './cluster-subnets.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import type { BalancerScheme } from './simulate/load-balancer-wishes.ts';
import { type Discovery, type DiscoveryRequest, leastFreeAddresses } from './simulate/subnet-discovery.ts';
import { hasIpv6, hasRole, isForOthersOnly, roleKeys } from './simulate/subnet-tags.ts';
import { createTag } from './tag-commands.ts';

export const discoveryDocs =
  'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/';

/** The tags that would give every zone without one a subnet: one command for all; none where discovery would fail with them, too. */
export function discoveryRemedy(context: ClusterContext, request: DiscoveryRequest, found: Discovery): Remediation {
  const covered = new Set((found.path === 'tags' ? found.chosen : []).map(({ AvailabilityZone }) => AvailabilityZone));
  const fit = (context.subnets ?? []).filter((subnet) => isFit(context, request, subnet));
  const zones = Map.groupBy(fit, ({ AvailabilityZone }) => AvailabilityZone);
  const wanted = [...zones].flatMap(([zone, subnets]) => (covered.has(zone) ? [] : subnets.slice(0, 1)));
  if (wanted.length === 0 || !repairs(context, request, wanted)) return { docs: discoveryDocs };
  const ids = wanted.map(({ SubnetId }) => SubnetId);
  return { command: createTag(context, ids, roleKeys[request.scheme], '1'), docs: discoveryDocs };
}

/** Looks again, as if the subnets were tagged. */
function repairs(context: ClusterContext, request: DiscoveryRequest, wanted: readonly Subnet[]): boolean {
  const tag = { Key: roleKeys[request.scheme], Value: '1' };
  const subnets = (context.subnets ?? []).map((subnet) => {
    const others = (subnet.Tags ?? []).filter(({ Key }) => Key !== tag.Key);
    return wanted.includes(subnet) ? { ...subnet, Tags: [...others, tag] } : subnet;
  });
  return discoveries({ ...context, subnets }, request).every(({ error }) => error === undefined);
}

function isFit(context: ClusterContext, { scheme, dualStack }: DiscoveryRequest, subnet: Subnet): boolean {
  const view = discoveryView(context);
  return (
    view.isPublic(subnet) === (scheme === 'internet-facing') &&
    view.localeOf(subnet) === 'availability-zone' &&
    (subnet.AvailableIpAddressCount ?? 0) >= leastFreeAddresses + keptFree(context, subnet) &&
    !isForOthersOnly(subnet, discoveringName(context)) &&
    !hasRole(subnet, opposite[scheme]) &&
    (!dualStack || hasIpv6(subnet))
  );
}

const opposite: Record<BalancerScheme, BalancerScheme> = { 'internet-facing': 'internal', internal: 'internet-facing' };

/** What an upgrade of the control plane takes is not for load balancers. */
function keptFree({ cluster }: ClusterContext, { SubnetId }: Subnet): number {
  return cluster.resourcesVpcConfig?.subnetIds?.includes(SubnetId) ? clusterSubnetNeeds.least : 0;
}
