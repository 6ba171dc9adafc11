// Nodes in a public subnet are given public addresses.

import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { routed } from '../network/each-subnet.ts';
import type { RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { type NodePlace, nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { publicAddress, publicAddressCommand } from '../network/public-address.ts';
import { defaultRoute, leadsTo, routeLines } from '../network/simulate/routes.ts';
import { hasIpv6 } from '../network/simulate/subnet-tags.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';

export const net21: NetworkCheck = {
  id: 'NET-21',
  severity: 'high',
  title: 'Nodes in public subnets have public addresses',
  docs,
  judge: (context) => {
    if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
    const places = nodePlaces(context).filter(({ kind }) => kind === 'nodegroup' || kind === 'group');
    const judged = subnetsInUse(context, places).flatMap(({ subnet, places: inIt }) =>
      routed(context, subnet, ({ table }) =>
        leadsTo(defaultRoute(table, 'v4'), 'igw')
          ? inIt.map((place) => judgePlace(context, subnet, table, place))
          : [notPublic(context, subnet, table)],
      ),
    );
    return [...judged, ...unreadPlaces(context, 'nodegroup', 'group')];
  },
};

function notPublic(context: ClusterContext, subnet: Subnet, table: RouteTable): Judged {
  const text = `${subnetName(subnet)} is no public subnet: its nodes need no public addresses`;
  const evidence = { routeTable: table.RouteTableId, routes: routeLines(table) };
  return { status: 'NOT_APPLICABLE', resource: subnetArn(context, subnet), text, evidence };
}

function judgePlace(context: ClusterContext, subnet: Subnet, table: RouteTable, place: NodePlace): Judged {
  const address = publicAddress(context, place, subnet);
  const { given, by, missing } = address;
  const evidence = {
    ...{ routeTable: table.RouteTableId, routes: routeLines(table), mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch },
    ...{ assignIpv6AddressOnCreation: subnet.AssignIpv6AddressOnCreation, says: by },
  };
  const about = { resource: subnetArn(context, subnet), matter: place.name, evidence };
  const name = `${place.name} in the public ${subnetName(subnet)}`;
  if (given === 'yes') return { ...about, status: 'PASS', text: `${name} gets public addresses: ${by}` };
  if (isReachedBy6(subnet, table))
    return { ...about, status: 'PASS', text: `${name} gets IPv6 addresses, which need no public IPv4 ones` };
  if (given === 'unknown')
    return {
      ...{ ...about, status: 'UNKNOWN', text: `whether ${name} gets public addresses is not known: ${by}` },
      ...(missing !== undefined && { missing: [missing] }),
    };
  const remediation = { ...publicAddressCommand(context, subnet, address), docs };
  return { ...about, status: 'FAIL', text: `${name} gets no public addresses: ${by}`, remediation };
}

function isReachedBy6(subnet: Subnet, table: RouteTable): boolean {
  const given = hasIpv6(subnet) && subnet.AssignIpv6AddressOnCreation === true;
  return given && leadsTo(defaultRoute(table, 'v6'), 'igw');
}
