import type { Route, RouteTable } from '../ec2-shapes.ts';

const kinds = {
  igw: 'internet gateway',
  nat: 'NAT gateway',
  eigw: 'egress-only internet gateway',
  tgw: 'transit gateway',
  vgw: 'virtual private gateway',
  vpce: 'VPC endpoint',
  pcx: 'peering connection',
  eni: 'network interface',
  core: 'core network',
  cagw: 'carrier gateway',
  lgw: 'local gateway',
  local: 'VPC itself',
  other: 'target unknown to this audit',
} as const;

export type TargetKind = keyof typeof kinds;

export interface RouteTarget {
  kind: TargetKind;
  id: string;
  /** What it leads to is gone or switched off: packets are dropped. */
  blackhole: boolean;
}

/** Where what no other route takes goes. Two targets: the halves of the address space go apart. */
export interface DefaultRoute {
  targets: readonly RouteTarget[];
  destinations: readonly string[];
}

const wholes = { v4: '0.0.0.0/0', v6: '::/0' } as const;
const halves = { v4: ['0.0.0.0/1', '128.0.0.0/1'], v6: ['::/1', '8000::/1'] } as const;

export function routeTarget(route: Route): RouteTarget {
  const [kind, id] = kindAndId(route);
  return { kind, id, blackhole: route.State === 'blackhole' };
}

function kindAndId(route: Route): [TargetKind, string] {
  const gateway = route.GatewayId ?? '';
  const prefix = (['igw', 'vgw', 'vpce', 'local'] as const).find((each) => gateway.startsWith(each));
  if (prefix) return [prefix, gateway];
  if (route.NatGatewayId) return ['nat', route.NatGatewayId];
  if (route.EgressOnlyInternetGatewayId) return ['eigw', route.EgressOnlyInternetGatewayId];
  if (route.TransitGatewayId) return ['tgw', route.TransitGatewayId];
  if (route.VpcPeeringConnectionId) return ['pcx', route.VpcPeeringConnectionId];
  if (route.CoreNetworkArn) return ['core', route.CoreNetworkArn];
  if (route.CarrierGatewayId) return ['cagw', route.CarrierGatewayId];
  if (route.LocalGatewayId) return ['lgw', route.LocalGatewayId];
  if (route.NetworkInterfaceId) return ['eni', route.NetworkInterfaceId];
  return ['other', gateway || (route.InstanceId ?? '')];
}

/** The default route of one family. Both halves of the address space together are one, and go before the whole since they are longer. */
export function defaultRoute({ Routes = [] }: RouteTable, family: 'v4' | 'v6'): DefaultRoute | undefined {
  const to = (destination: string) => Routes.find((route) => destinationOf(route) === destination);
  const parts = halves[family].map(to).filter((route) => route !== undefined);
  const found = parts.length === 2 ? parts : [to(wholes[family])].filter((route) => route !== undefined);
  if (found.length === 0) return undefined;
  const targets = found.map(routeTarget);
  const [first, second] = targets;
  const one = second && first?.id === second.id && first.blackhole === second.blackhole;
  return { targets: one ? targets.slice(0, 1) : targets, destinations: found.map(destinationOf) };
}

/** All that a default route leads to is of this kind and alive. */
export function leadsTo(route: DefaultRoute | undefined, kind: TargetKind): boolean {
  return route?.targets.every((target) => target.kind === kind && !target.blackhole) ?? false;
}

/** What the Load Balancer Controller takes for a public subnet: any route, to anywhere and in any state, through an internet gateway. https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/networking/subnet_resolver.go */
export function isLbcPublic({ Routes = [] }: RouteTable): boolean {
  return Routes.some(({ GatewayId }) => GatewayId?.startsWith('igw'));
}

export function destinationOf(route: Route): string {
  return route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '';
}

/** `0.0.0.0/0 through NAT gateway nat-1`, for a reader. */
export function describeDefault(route: DefaultRoute | undefined): string {
  if (!route) return 'no default route';
  const targets = route.targets.map(({ kind, id, blackhole }) => `${blackhole ? 'dead ' : ''}${kinds[kind]} ${id}`);
  return `${route.destinations.join(' and ')} through ${targets.join(' and ')}`;
}

/** As evidence. */
export function routeLines({ Routes = [] }: RouteTable): string[] {
  return Routes.map((route) => `${destinationOf(route)} ${routeTarget(route).id} ${route.State ?? 'active'}`);
}
