// Nodes and Fargate pods get out to what they need: through an internet or NAT gateway that works, or to VPC endpoints for all of it.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { routed } from '../network/each-subnet.ts';
import type { RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { type NodePlace, nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { podPlaces } from '../network/pod-places.ts';
import { type PublicAddress, publicAddress, publicAddressCommand } from '../network/public-address.ts';
import { routeLines } from '../network/simulate/routes.ts';
import { wayOut } from '../network/simulate/way-out.ts';
import { unread } from '../network/unread.ts';
import { judgeWithoutInternet } from '../network/without-internet.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html';

export const net18: NetworkCheck = {
  id: 'NET-18',
  severity: 'high',
  title: 'Nodes have a way out',
  docs,
  judge: (context) => {
    if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
    const places = nodePlaces(context);
    const used = subnetsInUse(context, [...places, ...podPlaces(context, places)]);
    const judged = used.flatMap(({ subnet, places: inIt }) =>
      inIt.flatMap((place) =>
        routed(context, subnet, ({ table }) => [judgePlace(context, subnet, table, place)]).map((each) => ({
          ...each,
          matter: place.name,
        })),
      ),
    );
    return [...judged, ...unreadPlaces(context, 'nodegroup', 'group', 'fargate')];
  },
};

function judgePlace(context: ClusterContext, subnet: Subnet, table: RouteTable, place: NodePlace): Judged {
  const { natGateways, snapshot, routing } = context;
  const tableOf = (id: string) => routing.get(id)?.table;
  const way = wayOut(table, { natGateways, subnets: snapshot.Subnets ?? [], tableOf });
  const evidence = { place: place.name, routeTable: table.RouteTableId, routes: routeLines(table), wayOut: way.kind };
  const about = { resource: subnetArn(context, subnet), evidence };
  const text = `${place.name} in ${subnetName(subnet)} has ${way.text}`;
  const where = { subnet, table, place };
  switch (way.kind) {
    case 'internet':
      return { ...about, status: 'PASS', text };
    case 'public': {
      const address = publicAddress(context, place, subnet);
      if (address.given === 'yes') return { ...about, status: 'PASS', text: `${text}, and public addresses` };
      if (address.given === 'no') return withoutAddress(context, where, address, about, text);
      const doubt = `${text}, which takes a public address: ${address.by}`;
      return { ...about, status: 'UNKNOWN', text: doubt, ...(address.missing && { missing: [address.missing] }) };
    }
    case 'verify':
      return { ...about, status: 'WARN', text: `${text}: verify that it leads to the internet`, remediation: { docs } };
    case 'broken':
      return { ...about, status: 'FAIL', text, remediation: { docs } };
    case 'none':
      return judgeWithoutInternet(context, where, about, text);
    case 'unknown':
      return { ...about, status: 'UNKNOWN', text, ...(way.missing && { missing: [way.missing] }) };
  }
}

/** Endpoints do as well; but where the subnet is to give nodes addresses, these are what is missing. */
function withoutAddress(
  context: ClusterContext,
  where: Parameters<typeof judgeWithoutInternet>[1],
  address: PublicAddress,
  about: Pick<Judged, 'resource' | 'evidence'>,
  text: string,
): Judged {
  const judged = judgeWithoutInternet(context, where, about, `${text} but no public address (${address.by})`);
  const isForNodes = where.place.kind === 'nodegroup' || where.place.kind === 'group';
  if (!judged.remediation || !isForNodes) return judged;
  return { ...judged, remediation: { ...publicAddressCommand(context, where.subnet, address), docs } };
}
