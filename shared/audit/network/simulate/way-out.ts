import type { NatGateway, RouteTable, Subnet } from '../ec2-shapes.ts';
import { type DefaultRoute, defaultRoute, describeDefault, leadsTo, type RouteTarget } from './routes.ts';

/**
 * Where the IPv4 packets of a subnet come to. `public`: to an internet gateway, if what sends them has a public address. `verify`: out of
 * the VPC, to what only its owner knows. `broken`: to something that does not do what it is there for. `none`: nowhere.
 */
export interface WayOut {
  kind: 'internet' | 'public' | 'verify' | 'broken' | 'none' | 'unknown';
  /** For a reader. */
  text: string;
  /** Of an unknown: the read that it takes. */
  missing?: string;
}

export interface WayOutView {
  natGateways: readonly NatGateway[] | undefined;
  subnets: readonly Subnet[];
  /** The effective table of a subnet; undefined where none is to be seen. */
  tableOf: (subnetId: string) => RouteTable | undefined;
}

const leaveTheVpc = ['tgw', 'vgw', 'core', 'eni', 'pcx', 'vpce', 'lgw', 'cagw', 'other'];

/** https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html */
export function wayOut(table: RouteTable, view: WayOutView): WayOut {
  const route = defaultRoute(table, 'v4');
  const text = describeDefault(route);
  if (!route) return { kind: 'none', text };
  const ways = route.targets.map((target) => wayThrough(target, view, text));
  const worst = (['broken', 'unknown', 'none', 'verify', 'public'] as const).find((kind) =>
    ways.some((way) => way.kind === kind),
  );
  return ways.find(({ kind }) => kind === worst) ?? { kind: 'internet', text };
}

function wayThrough({ kind, id, blackhole }: RouteTarget, view: WayOutView, text: string): WayOut {
  if (blackhole) return { kind: 'broken', text: `${text}, which drops everything` };
  if (kind === 'igw') return { kind: 'public', text };
  if (kind === 'nat') return throughNat(id, view, text);
  return { kind: leaveTheVpc.includes(kind) ? 'verify' : 'none', text };
}

function throughNat(id: string, { natGateways, subnets, tableOf }: WayOutView, text: string): WayOut {
  if (!natGateways) return { kind: 'unknown', text, missing: 'ec2:DescribeNatGateways' };
  const gateway = natGateways.find(({ NatGatewayId }) => NatGatewayId === id);
  if (!gateway) return { kind: 'unknown', text: `${text}, which is not among the NAT gateways that were read` };
  const { State, SubnetId, ConnectivityType, AvailabilityMode, FailureMessage } = gateway;
  if (State !== 'available')
    return { kind: 'broken', text: `${text}, which is ${State}${FailureMessage ? `: ${FailureMessage}` : ''}` };
  // It has no subnet, and routes of its own. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
  if (AvailabilityMode === 'regional' && ConnectivityType !== 'private') return { kind: 'internet', text };
  const place = subnets.find((subnet) => subnet.SubnetId === SubnetId);
  const table = place && tableOf(place.SubnetId);
  if (!table) return { kind: 'unknown', text: `${text}, the routes of whose subnet ${SubnetId} are not to be seen` };
  const onward = defaultRoute(table, 'v4');
  const next = `${text}, whose subnet has ${describeDefault(onward)}`;
  if (ConnectivityType === 'private')
    return { kind: goesOn(onward) ? 'verify' : 'none', text: `${next}; it is private` };
  return leadsTo(onward, 'igw') ? { kind: 'internet', text } : { kind: 'broken', text: next };
}

function goesOn(route: DefaultRoute | undefined): boolean {
  return route?.targets.some(({ kind, blackhole }) => leaveTheVpc.includes(kind) && !blackhole) ?? false;
}
