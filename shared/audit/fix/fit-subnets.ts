import { discoveringName, discoveryView } from '../network/balancer-discovery.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import type { BalancerScheme } from '../network/simulate/load-balancer-wishes.ts';
import { defaultRoute, leadsTo } from '../network/simulate/routes.ts';
import { leastFreeAddresses } from '../network/simulate/subnet-discovery.ts';
import { hasIpv6, hasOwnTag, hasRole, isForOthersOnly } from '../network/simulate/subnet-tags.ts';

const roomToGrow = 27;
const opposite = { 'internet-facing': 'internal', internal: 'internet-facing' } as const;

/** Subnets without the role that might be given it, by zone, the best of each zone first. */
export function fitSubnets(
  context: ClusterContext,
  scheme: BalancerScheme,
  dualStack = false,
): Map<string | undefined, Subnet[]> {
  const name = discoveringName(context);
  const fit = (context.subnets ?? []).filter(
    (subnet) =>
      !hasRole(subnet, scheme) &&
      !hasRole(subnet, opposite[scheme]) &&
      !isForOthersOnly(subnet, name) &&
      (subnet.AvailableIpAddressCount ?? 0) >= leastFreeAddresses &&
      (!dualStack || hasIpv6(subnet)) &&
      isPlacedFor(context, scheme, subnet),
  );
  const rank = (subnet: Subnet) =>
    (hasOwnTag(subnet, name) ? 0 : 2) + ((subnet.AvailableIpAddressCount ?? 0) < roomToGrow ? 1 : 0);
  fit.sort((a, b) => rank(a) - rank(b) || (a.SubnetId < b.SubnetId ? -1 : 1));
  return Map.groupBy(fit, ({ AvailabilityZone }) => AvailabilityZone);
}

/** In an Availability Zone, and open to the internet or closed to it as its load balancers are to be. */
export function isPlacedFor(context: ClusterContext, scheme: BalancerScheme, subnet: Subnet): boolean {
  const { isPublic, localeOf } = discoveryView(context);
  if (localeOf(subnet) !== 'availability-zone') return false;
  if (scheme === 'internal') return isPublic(subnet) === false;
  const { table } = context.routing.get(subnet.SubnetId) ?? {};
  const mode = subnet.BlockPublicAccessStates?.InternetGatewayBlockMode ?? 'off';
  const route = table && defaultRoute(table, subnet.Ipv6Native ? 'v6' : 'v4');
  return isPublic(subnet) === true && mode === 'off' && leadsTo(route, 'igw');
}
