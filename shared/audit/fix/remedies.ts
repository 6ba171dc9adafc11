import { discoveries, discoveringName } from '../network/balancer-discovery.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { subnetArn } from '../network/names.ts';
import { meantRoleKey } from '../network/near-role-key.ts';
import type { BalancerScheme } from '../network/simulate/load-balancer-wishes.ts';
import { localeOf } from '../network/simulate/locales.ts';
import { isLbcPublic } from '../network/simulate/routes.ts';
import { clusterKey, hasRole, isForOthersOnly, roleKeys } from '../network/simulate/subnet-tags.ts';
import { isFinding } from '../result.ts';
import { fitSubnets, isPlacedFor } from './fit-subnets.ts';
import type { BareResult } from './standing.ts';
import { changeOf, type TagChange } from './tag-change.ts';

/** Changes that may end a finding when they are made together. */
export interface Remedy {
  /** 0: what was meant; 1: what does as well. */
  choice: 0 | 1;
  changes: readonly TagChange[];
}

type Change = readonly [Subnet | undefined, string, string | null];
const schemeOf = { 'NET-06': 'internet-facing', 'NET-07': 'internal' } as const;

/** All that might help against what a cluster's checks found. Whether it does, and harms no other, is for another audit to say. */
export function remediesFor(context: ClusterContext, results: readonly BareResult[]): Remedy[] {
  const own = results.filter((each) => each.cluster === context.cluster.name && isFinding(each));
  const failing = new Set(own.filter(({ status }) => status === 'FAIL').map(({ id }) => id));
  const byArn = new Map((context.subnets ?? []).map((subnet) => [subnetArn(context, subnet), subnet]));
  return own.flatMap((result) => {
    const subnet = byArn.get(result.resource);
    if (result.id === 'NET-06' || result.id === 'NET-07') return forDiscovery(context, schemeOf[result.id], result);
    if (result.id === 'NET-11') return [withoutOddPlaces(context, result)];
    return subnet ? forSubnet(context, subnet, result, failing) : [];
  });
}

function forSubnet(
  context: ClusterContext,
  subnet: Subnet,
  { id, status, severity, matter = '' }: BareResult,
  failing: ReadonlySet<string>,
): Remedy[] {
  const { 'internet-facing': facing, internal } = roleKeys;
  switch (id) {
    case 'NET-02':
      return status === 'FAIL' ? [remedy(0, [subnet, facing, null]), ...moves(context, subnet)] : [];
    case 'NET-03':
      return severity === 'high' ? [remedy(0, [subnet, internal, null])] : [];
    case 'NET-04': {
      const effective = context.routing.get(subnet.SubnetId);
      return effective ? [remedy(0, [subnet, isLbcPublic(effective.table) ? internal : facing, null])] : [];
    }
    case 'NET-05':
      return forUndiscoverable(context, subnet, matter);
    case 'NET-08':
    case 'NET-09': {
      // What is kept for another cluster is shared only when this one cannot do without.
      const broken = (['NET-06', 'NET-07'] as const).some(
        (each) => failing.has(each) && hasRole(subnet, schemeOf[each]),
      );
      const name = discoveringName(context);
      const may = status === 'FAIL' && (broken || !isForOthersOnly(subnet, name));
      return may ? [remedy(0, [subnet, clusterKey(name), 'shared'])] : [];
    }
    default:
      return [];
  }
}

/** The tag as it was meant; away with it only where the role would be against the subnet's routes. */
function forUndiscoverable(context: ClusterContext, subnet: Subnet, key: string): Remedy[] {
  const meant = meantRoleKey(key) ?? key;
  const scheme = meant === roleKeys.internal ? 'internal' : 'internet-facing';
  const isMisplaced = context.routing.has(subnet.SubnetId) && !isPlacedFor(context, scheme, subnet);
  return [remedy(0, [subnet, meant, '1']), ...(isMisplaced ? [remedy(1, [subnet, key, null])] : [])];
}

/** The role of a subnet that the internet does not reach goes to one of its zone that it does; where that has the other role, they change places. */
function moves(context: ClusterContext, subnet: Subnet): Remedy[] {
  const { 'internet-facing': facing, internal } = roleKeys;
  const [free] = fitSubnets(context, 'internet-facing').get(subnet.AvailabilityZone) ?? [];
  const swapped = (context.subnets ?? []).find(
    (other) =>
      other.AvailabilityZone === subnet.AvailabilityZone &&
      hasRole(other, 'internal') &&
      isPlacedFor(context, 'internet-facing', other),
  );
  return [
    ...(free ? [remedy(0, [subnet, facing, null], [free, facing, '1'])] : []),
    ...(swapped
      ? [remedy(0, [subnet, facing, null], [swapped, facing, '1'], [swapped, internal, null], [subnet, internal, '1'])]
      : []),
  ];
}

/** The role for subnets in zones that have none, in every combination; where the cluster's own tag is needed, with that. */
function forDiscovery(context: ClusterContext, scheme: BalancerScheme, { matter = '' }: BareResult): Remedy[] {
  const [type, dual] = matter.split(' ');
  if (type !== 'alb' && type !== 'nlb') return [];
  const dualStack = dual === 'dualstack';
  const found = discoveries(context, { type, scheme, dualStack }).at(-1);
  const covered = new Set((found?.path === 'tags' ? found.chosen : []).map(({ AvailabilityZone }) => AvailabilityZone));
  const zones = [...fitSubnets(context, scheme, dualStack)].filter(([zone]) => !covered.has(zone));
  zones.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const key = roleKeys[scheme];
  const own = clusterKey(discoveringName(context));
  return subsets(zones.flatMap(([, [best]]) => best ?? []).slice(0, mostZones)).flatMap((some) => [
    remedy(0, ...some.map((subnet): Change => [subnet, key, '1'])),
    remedy(
      1,
      ...some.flatMap((subnet): Change[] => [
        [subnet, key, '1'],
        [subnet, own, 'shared'],
      ]),
    ),
  ]);
}

const mostZones = 6;

function withoutOddPlaces(context: ClusterContext, { matter }: BareResult): Remedy {
  const scheme = matter === 'internal' ? 'internal' : 'internet-facing';
  const odd = (context.subnets ?? []).filter(
    (subnet) => hasRole(subnet, scheme) && localeOf(subnet, context.zones) !== 'availability-zone',
  );
  return remedy(0, ...odd.map((subnet): Change => [subnet, roleKeys[scheme], null]));
}

function subsets<T>(all: readonly T[]): T[][] {
  const [first, ...rest] = all;
  if (first === undefined) return [];
  const others = subsets(rest);
  return [[first], ...others, ...others.map((set) => [first, ...set])];
}

function remedy(choice: 0 | 1, ...changes: readonly Change[]): Remedy {
  return {
    choice,
    changes: changes.flatMap(([subnet, key, after]) => (subnet ? (changeOf(subnet, key, after) ?? []) : [])),
  };
}
