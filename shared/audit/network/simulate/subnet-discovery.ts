import type { Subnet } from '../ec2-shapes.ts';
import type { DiscoveryRules } from './discovery-rules.ts';
import type { BalancerScheme, BalancerType } from './load-balancer-wishes.ts';
import type { Locale } from './locales.ts';
import { hasIpv6, hasOwnTag, hasRole, isForOthersOnly, roleKeys } from './subnet-tags.ts';

/** Free addresses that a subnet has to have for a load balancer. */
export const leastFreeAddresses = 8;

export interface DiscoveryRequest {
  type: BalancerType;
  scheme: BalancerScheme;
  dualStack: boolean;
}

/** What discovery looks at. */
export interface DiscoveryView {
  /** All of the VPC's. */
  subnets: readonly Subnet[];
  /** As the controller's flags name it. */
  clusterName: string;
  /** Undefined: its routes are not known. */
  isPublic(subnet: Subnet): boolean | undefined;
  localeOf(subnet: Subnet): Locale | undefined;
}

export type PassedOver = 'other-cluster' | 'few-addresses' | 'no-ipv6';

/** What the controller would find, and what becomes of it. */
export interface Discovery {
  path: 'tags' | 'routes';
  candidates: readonly Subnet[];
  passedOver: readonly { subnet: Subnet; why: PassedOver }[];
  /** The zones with a choice, and those that lost. */
  contested: readonly { chosen: Subnet; others: readonly Subnet[] }[];
  /** One a zone, by id. Those that it would take, even if there is an error. */
  chosen: readonly Subnet[];
  /** In the words of the controller, or of the API that refuses. */
  error?: string;
  /** What would have to be known to tell. */
  unknown?: 'routes' | 'zones' | 'addresses';
}

/** Which subnets the AWS Load Balancer Controller would choose for a load balancer that names none. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
export function discoverSubnets(request: DiscoveryRequest, view: DiscoveryView, rules: DiscoveryRules): Discovery {
  const tagged = view.subnets.filter((subnet) => hasRole(subnet, request.scheme));
  const path = tagged.length === 0 && rules.fallsBackOnRoutes ? 'routes' : 'tags';
  const wanted = request.scheme === 'internet-facing';
  const candidates = path === 'tags' ? tagged : view.subnets.filter((subnet) => view.isPublic(subnet) === wanted);
  const judged = candidates.map((subnet) => ({ subnet, why: reasonAgainst(subnet, request, view, rules) }));
  const eligible = judged.filter(({ why }) => why === undefined).map(({ subnet }) => subnet);
  const passedOver = judged.flatMap(({ subnet, why }) => (why === undefined ? [] : [{ subnet, why }]));
  const zones = [...Map.groupBy(eligible, ({ AvailabilityZone }) => AvailabilityZone).values()].map((zone) =>
    zone.toSorted((a, b) => preference(a, b, view.clusterName)),
  );
  const chosen = zones.flatMap((zone) => zone.slice(0, 1)).sort(byId);
  const contested = zones.flatMap(([first, ...others]) =>
    first && others.length > 0 ? [{ chosen: first, others }] : [],
  );
  const found = { path, candidates, passedOver, contested, chosen } as const;
  if (path === 'routes' && view.subnets.some((subnet) => view.isPublic(subnet) === undefined))
    return { ...found, unknown: 'routes' };
  if (candidates.some(({ AvailableIpAddressCount }) => AvailableIpAddressCount === undefined))
    return { ...found, unknown: 'addresses' };
  if (chosen.length === 0) return { ...found, error: noneLeft(found, request, rules) };
  return { ...found, ...troubleWith(chosen, request, view, rules) };
}

function reasonAgainst(
  subnet: Subnet,
  { dualStack }: DiscoveryRequest,
  { clusterName }: DiscoveryView,
  rules: DiscoveryRules,
): PassedOver | undefined {
  if (rules.ownTagRequired && !hasOwnTag(subnet, clusterName)) return 'other-cluster';
  if (rules.passesOverOthers && isForOthersOnly(subnet, clusterName)) return 'other-cluster';
  if ((subnet.AvailableIpAddressCount ?? 0) < leastFreeAddresses) return 'few-addresses';
  return dualStack && rules.minds6 && !hasIpv6(subnet) ? 'no-ipv6' : undefined;
}

/** The cluster's own before the rest, then the lowest id. */
function preference(a: Subnet, b: Subnet, clusterName: string): number {
  return Number(hasOwnTag(b, clusterName)) - Number(hasOwnTag(a, clusterName)) || byId(a, b);
}

function byId(a: Subnet, b: Subnet): number {
  return a.SubnetId < b.SubnetId ? -1 : 1;
}

function troubleWith(
  chosen: readonly Subnet[],
  { type, dualStack }: DiscoveryRequest,
  { localeOf }: DiscoveryView,
  { albSingleSubnet }: DiscoveryRules,
): Pick<Discovery, 'error' | 'unknown'> {
  const locales = new Set(chosen.map(localeOf));
  if (locales.has(undefined)) return { unknown: 'zones' };
  if (locales.size > 1) return { error: `subnets in multiple locales: [${[...locales].sort().join(' ')}]` };
  const least = type === 'alb' && locales.has('availability-zone') && !albSingleSubnet ? 2 : 1;
  if (chosen.length < least)
    return { error: `subnets count less than minimal required count: ${chosen.length} < ${least}` };
  if (dualStack && !chosen.every(hasIpv6))
    return { error: 'ValidationError: You must specify subnets with an associated IPv6 CIDR block.' };
  return {};
}

function noneLeft(
  { candidates, passedOver }: Pick<Discovery, 'candidates' | 'passedOver'>,
  { scheme }: DiscoveryRequest,
  { words }: DiscoveryRules,
): string {
  const count = (reason: PassedOver) => passedOver.filter(({ why }) => why === reason).length;
  const [others, few, no6] = [count('other-cluster'), count('few-addresses'), count('no-ipv6')];
  if (words === 'discover') return 'unable to discover at least one subnet';
  if (words === 'match') {
    const parts = [`${candidates.length} match VPC and tags: [${roleKeys[scheme]}]`];
    if (others > 0) parts.push(`${others} tagged for other cluster`);
    return `unable to resolve at least one subnet (${parts.join(', ')})`;
  }
  const evaluated = `unable to resolve at least one subnet. Evaluated ${candidates.length} subnets: ${others} are tagged for other clusters, and ${few} have insufficient available IP addresses`;
  return no6 > 0 ? `${evaluated}; ${no6} have no associated IPv6 CIDR block` : evaluated;
}
