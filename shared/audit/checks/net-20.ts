// No route that is in use leads to something that is gone.
import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import type { NatGateway, Route, RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { ec2Arn, isShared } from '../network/names.ts';
import { defaultRoute, destinationOf, routeTarget } from '../network/simulate/routes.ts';

const docs = 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html';

export const net20: NetworkCheck = {
  id: 'NET-20',
  severity: 'high',
  title: 'No route is a black hole',
  docs,
  judge: (context) => {
    const seen = new Set<string>();
    return eachSubnet(context, (subnet) =>
      routed(context, subnet, ({ table }) => {
        if (seen.has(table.RouteTableId)) return [];
        seen.add(table.RouteTableId);
        return judgeTable(context, table);
      }),
    );
  },
};

function judgeTable(context: ClusterContext, table: RouteTable): Judged[] {
  const { Routes = [], RouteTableId, OwnerId } = table;
  const resource = ec2Arn(context, `route-table/${RouteTableId}`, OwnerId);
  const dead = Routes.filter((route) => routeTarget(route).blackhole);
  const subnets = (context.subnets ?? []).filter(({ SubnetId }) => context.routing.get(SubnetId)?.table === table);
  const evidence = { subnets: subnets.map(({ SubnetId }) => SubnetId) };
  if (dead.length === 0)
    return [{ status: 'PASS', resource, text: `every route of ${RouteTableId} is alive`, evidence }];
  const defaults = [defaultRoute(table, 'v4'), defaultRoute(table, 'v6')].flatMap((each) => each?.destinations ?? []);
  return dead.map((route) => {
    const destination = destinationOf(route);
    const isDefault = defaults.includes(destination);
    const { id } = routeTarget(route);
    const lost = isDefault ? `nothing leaves ${evidence.subnets.join(', ')} by it` : 'what goes there is dropped';
    const text = `${RouteTableId} leads ${destination} to ${id || 'something'}, which is gone: ${lost}`;
    const command = isShared(context, table) ? undefined : repair(context, table, route, isDefault);
    return {
      status: isDefault ? 'FAIL' : 'WARN',
      resource,
      matter: destination,
      text,
      evidence: { ...evidence, destination, target: id },
      remediation: { ...(command && { command }), docs },
    };
  });
}

/** A default route goes to what is alive of the same kind, if anything is; any other is dropped. */
function repair(context: ClusterContext, table: RouteTable, route: Route, isDefault: boolean) {
  const destination = destinationOf(route);
  const option = destination.startsWith('pl-')
    ? '--destination-prefix-list-id'
    : `--destination-${destination.includes(':') ? 'ipv6-' : ''}cidr-block`;
  const about = ['--route-table-id', table.RouteTableId, option, destination, '--region', context.snapshot.region];
  if (!isDefault) return commandLine('aws', 'ec2', 'delete-route', ...about);
  const target = living(context, table, route);
  return target && commandLine('aws', 'ec2', 'replace-route', ...about, ...target);
}

function living(context: ClusterContext, table: RouteTable, route: Route): string[] | undefined {
  const { snapshot, vpcId } = context;
  const { kind } = routeTarget(route);
  if (kind === 'nat') {
    const nat = livingNat(context, table);
    return nat && ['--nat-gateway-id', nat.NatGatewayId];
  }
  const attached = snapshot.InternetGateways?.find(({ Attachments = [] }) =>
    Attachments.some(({ VpcId }) => VpcId === vpcId),
  );
  return kind === 'igw' && attached ? ['--gateway-id', attached.InternetGatewayId] : undefined;
}

/** In a zone of the table's own subnets, if there is one; never one whose packets the same route would send back to it. */
function livingNat({ natGateways = [], subnets = [], routing }: ClusterContext, table: RouteTable) {
  const isOwn = ({ SubnetId }: Subnet) => routing.get(SubnetId)?.table === table;
  const placeOf = (nat: NatGateway) => subnets.find(({ SubnetId }) => SubnetId === nat.SubnetId);
  const fit = natGateways.filter((nat) => {
    const place = placeOf(nat);
    return nat.State === 'available' && nat.ConnectivityType !== 'private' && !(place && isOwn(place));
  });
  const zones = subnets.filter(isOwn).map(({ AvailabilityZone }) => AvailabilityZone);
  return fit.find((nat) => zones.includes(placeOf(nat)?.AvailabilityZone ?? '')) ?? fit[0];
}
