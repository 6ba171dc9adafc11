import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { ClusterContext } from './context.ts';
import { createEndpoint, type EndpointCall } from './create-endpoint.ts';
import type { VpcEndpoint } from './ec2-shapes.ts';
import { admits } from './simulate/group-admits.ts';

/** What keeps a subnet's nodes from a service's endpoint, or may. */
export interface EndpointTrouble {
  service: string;
  status: 'FAIL' | 'WARN' | 'UNKNOWN';
  text: string;
  command?: string;
  missing?: string;
}

/** None when an endpoint does; of several that do not, what is wrong with the one that lacks least. */
export function endpointTrouble(context: ClusterContext, call: EndpointCall): EndpointTrouble | undefined {
  const { service } = call;
  const own = (context.vpcEndpoints ?? []).filter(({ ServiceName }) => isOf(context, ServiceName, service));
  if (own.length === 0)
    return { service, status: 'FAIL', text: `no endpoint for ${service}`, command: createEndpoint(context, call) };
  const all = own.map((endpoint) => troubleWith(context, endpoint, call));
  const order = [undefined, 'WARN', 'UNKNOWN', 'FAIL'];
  return all.sort((a, b) => order.indexOf(a?.status) - order.indexOf(b?.status))[0];
}

function isOf({ snapshot }: ClusterContext, name: string | undefined, service: string): boolean {
  return ['com.amazonaws', 'cn.com.amazonaws'].some((prefix) => name === `${prefix}.${snapshot.region}.${service}`);
}

function troubleWith(context: ClusterContext, endpoint: VpcEndpoint, call: EndpointCall): EndpointTrouble | undefined {
  const { subnet, table, service } = call;
  const { VpcEndpointId: id, State = '', RouteTableIds = [], SubnetIds = [] } = endpoint;
  const named = `${id} for ${service}`;
  const change = (...words: string[]) => modify(context, id, words);
  if (State.toLowerCase() !== 'available')
    return { service, status: 'FAIL', text: `${named} is ${State || 'in no state'}` };
  if (endpoint.VpcEndpointType === 'Gateway') {
    if (RouteTableIds.includes(table.RouteTableId)) return undefined;
    const command = change('--add-route-table-ids', table.RouteTableId);
    return { service, status: 'FAIL', text: `${named} is not in ${table.RouteTableId}`, command };
  }
  if (!endpoint.PrivateDnsEnabled) {
    const command = change('--private-dns-enabled');
    return { service, status: 'FAIL', text: `${named} has private DNS switched off`, command };
  }
  const closed = closedTo(context, endpoint, call);
  if (closed) return { service, ...closed };
  const zones = (context.subnets ?? []).filter(({ SubnetId }) => SubnetIds.includes(SubnetId));
  if (zones.some(({ AvailabilityZone }) => AvailabilityZone === subnet.AvailabilityZone)) return undefined;
  const command = change('--add-subnet-ids', subnet.SubnetId);
  return { service, status: 'WARN', text: `${named} is in no subnet of ${subnet.AvailabilityZone}`, command };
}

function closedTo(
  { snapshot }: ClusterContext,
  { VpcEndpointId: id, Groups = [] }: VpcEndpoint,
  { subnet: { CidrBlock: cidr }, securityGroups }: EndpointCall,
): Omit<EndpointTrouble, 'service'> | undefined {
  const ids = Groups.map(({ GroupId }) => GroupId ?? '');
  const groups = (snapshot.SecurityGroups ?? []).filter(({ GroupId }) => ids.includes(GroupId));
  const open = admits(groups, 443, { cidr, securityGroups: securityGroups ?? [] });
  if (open === true) return undefined;
  if (groups.length < ids.length || ids.length === 0) {
    const text = `what the security groups of ${id} (${ids.join(', ')}) let in is not known`;
    return { status: 'UNKNOWN', text, missing: 'ec2:DescribeSecurityGroups' };
  }
  if (open === 'unknown' || !securityGroups) {
    const why = open === 'unknown' ? 'they name prefix lists' : "the nodes' own groups are not known";
    return { status: 'UNKNOWN', text: `whether ${id} (${ids.join(', ')}) lets nodes in is not known: ${why}` };
  }
  const command = commandLine(
    ...['aws', 'ec2', 'authorize-security-group-ingress', '--group-id', ids[0] ?? '', '--protocol', 'tcp'],
    ...['--port', '443', '--cidr', cidr ?? '', '--region', snapshot.region],
  );
  return { status: 'FAIL', text: `the security groups of ${id} do not let ${cidr} in on port 443`, command };
}

function modify({ snapshot }: ClusterContext, id: string, words: readonly string[]): string {
  const about = ['--vpc-endpoint-id', id, ...words, '--region', snapshot.region];
  return commandLine('aws', 'ec2', 'modify-vpc-endpoint', ...about);
}
