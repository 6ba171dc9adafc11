import { commandLine } from '../../lifecycle/shell-quote.ts';
import { clustersOfVpc } from './clusters-of-vpc.ts';
import type { ClusterContext } from './context.ts';
import type { RouteTable, Subnet } from './ec2-shapes.ts';
import { localeOf } from './simulate/locales.ts';

/** Who calls, and what. */
export interface EndpointCall {
  service: string;
  subnet: Subnet;
  table: RouteTable;
  /** The nodes' own; undefined when they are not known. */
  securityGroups: readonly string[] | undefined;
}

/**
 * An endpoint for all of the VPC: with private DNS everything in it resolves to it, so that the nodes of its other clusters are let in, too.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/create-vpc-endpoint.html
 */
export function createEndpoint(
  context: ClusterContext,
  { service, subnet, table }: Omit<EndpointCall, 'securityGroups'>,
) {
  const { snapshot, vpcId = '' } = context;
  const prefix = snapshot.partition === 'aws-cn' && service !== 's3' ? 'cn.com.amazonaws' : 'com.amazonaws';
  const name = `${prefix}.${snapshot.region}.${service}`;
  const groups = clustersOfVpc(context).flatMap(
    ({ resourcesVpcConfig }) => resourcesVpcConfig?.clusterSecurityGroupId ?? [],
  );
  const how =
    service === 's3'
      ? ['Gateway', '--service-name', name, '--route-table-ids', table.RouteTableId]
      : [
          ...['Interface', '--service-name', name, '--subnet-ids', ...onePerZone(context, subnet)],
          ...(groups.length > 0 ? ['--security-group-ids', ...groups] : []),
          '--private-dns-enabled',
        ];
  const rest = ['--vpc-endpoint-type', ...how, '--region', snapshot.region];
  return commandLine('aws', 'ec2', 'create-vpc-endpoint', '--vpc-id', vpcId, ...rest);
}

/** The roomiest of the control plane's and the nodes' own, since each endpoint takes an address. */
function onePerZone({ subnets = [], cluster, zones }: ClusterContext, ofNodes: Subnet): string[] {
  const { subnetIds = [] } = cluster.resourcesVpcConfig ?? {};
  const own = subnets.filter(({ SubnetId }) => subnetIds.includes(SubnetId));
  const fit = [...own, ...(own.includes(ofNodes) ? [] : [ofNodes])].filter(
    (each) => localeOf(each, zones) === 'availability-zone',
  );
  const free = ({ AvailableIpAddressCount = 0 }: Subnet) => AvailableIpAddressCount;
  const byZone = Map.groupBy(fit, ({ AvailabilityZone }) => AvailabilityZone).values();
  return [...byZone]
    .flatMap((zone) => zone.toSorted((a, b) => free(b) - free(a)).slice(0, 1))
    .map(({ SubnetId }) => SubnetId);
}
