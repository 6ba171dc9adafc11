// A subnet's packets leave through a NAT gateway in its own zone.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import type { NatGateway, RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { ec2Arn, subnetArn, subnetName } from '../network/names.ts';
import { defaultRoute } from '../network/simulate/routes.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html';

export const net19: NetworkCheck = {
  id: 'NET-19',
  severity: 'medium',
  title: 'NAT gateways are in the zones that they serve',
  docs,
  judge: (context) => [
    ...eachSubnet(context, (subnet) => routed(context, subnet, ({ table }) => judgeSubnet(context, subnet, table))),
    ...onlyOne(context),
  ],
};

function judgeSubnet(context: ClusterContext, subnet: Subnet, table: RouteTable): Judged[] {
  const resource = subnetArn(context, subnet);
  return natIds(table).map((id): Judged => {
    const gateway = context.natGateways?.find(({ NatGatewayId }) => NatGatewayId === id);
    if (!context.natGateways) return { ...unread(context, resource, 'ec2:DescribeNatGateways'), matter: id };
    const zone = gateway && zoneOf(context, gateway);
    const about = { resource, matter: id, evidence: { gateway: id, gatewayZone: zone, zone: zoneName(subnet) } };
    const named = `${subnetName(subnet)} in ${zoneName(subnet)}`;
    if (zone === 'regional')
      return { ...about, status: 'PASS', text: `${named} leaves through ${id}, which is in every zone` };
    if (zone === undefined)
      return { ...about, status: 'UNKNOWN', text: `${named} leaves through ${id}, whose zone is not known` };
    if (zone === zoneName(subnet))
      return { ...about, status: 'PASS', text: `${named} leaves through ${id} in the same zone` };
    const text = `${named} leaves through ${id} in ${zone}: it pays for the way there and is cut off when that zone fails`;
    return { ...about, status: 'WARN', text, remediation: { docs } };
  });
}

function natIds(table: RouteTable): string[] {
  const targets = defaultRoute(table, 'v4')?.targets ?? [];
  return targets.filter(({ kind, blackhole }) => kind === 'nat' && !blackhole).map(({ id }) => id);
}

/** A regional gateway has no subnet. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html */
function zoneOf({ snapshot }: ClusterContext, { AvailabilityMode, SubnetId }: NatGateway): string | undefined {
  if (AvailabilityMode === 'regional') return 'regional';
  const subnet = snapshot.Subnets?.find((each) => each.SubnetId === SubnetId);
  return subnet && zoneName(subnet);
}

/** By id, since accounts name zones differently. */
function zoneName({ AvailabilityZoneId, AvailabilityZone }: Subnet): string | undefined {
  return AvailabilityZoneId ?? AvailabilityZone;
}

function onlyOne(context: ClusterContext): Judged[] {
  const { subnets = [], routing, natGateways = [] } = context;
  const served = subnets.flatMap((subnet) => {
    const effective = routing.get(subnet.SubnetId);
    return effective ? natIds(effective.table).map((id) => ({ id, zone: zoneName(subnet) })) : [];
  });
  const [id, ...others] = new Set(served.map((each) => each.id));
  const zones = [...new Set(served.map(({ zone }) => zone))].sort();
  const gateway = natGateways.find(({ NatGatewayId }) => NatGatewayId === id);
  if (!gateway || !id || others.length > 0 || zones.length < 2 || zoneOf(context, gateway) === 'regional') return [];
  const text = `${id} alone serves ${zones.join(', ')}: when its zone fails, none of them has a way out`;
  return [
    {
      status: 'WARN',
      resource: ec2Arn(context, `natgateway/${id}`),
      matter: 'only-one',
      text,
      evidence: { gateway: id, zones },
      remediation: { docs },
    },
  ];
}
