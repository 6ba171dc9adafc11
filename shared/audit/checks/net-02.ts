// A subnet tagged kubernetes.io/role/elb is one that the internet reaches.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import type { RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName, tagLines } from '../network/names.ts';
import { defaultRoute, describeDefault, leadsTo, routeLines, routeTarget } from '../network/simulate/routes.ts';
import { hasRole, roleKeys } from '../network/simulate/subnet-tags.ts';
import { deleteTags } from '../network/tag-commands.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html';
const key = roleKeys['internet-facing'];

export const net02: NetworkCheck = {
  id: 'NET-02',
  severity: 'high',
  title: 'The subnets of internet-facing load balancers are internet-reachable',
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) =>
      hasRole(subnet, 'internet-facing')
        ? routed(context, subnet, ({ table }) => [reachability(context, subnet, table)])
        : [],
    ),
};

function reachability(context: ClusterContext, subnet: Subnet, table: RouteTable): Judged {
  const [v4, v6] = [defaultRoute(table, 'v4'), defaultRoute(table, 'v6')];
  const route = subnet.Ipv6Native ? v6 : v4;
  const mode = subnet.BlockPublicAccessStates?.InternetGatewayBlockMode ?? 'off';
  const resource = subnetArn(context, subnet);
  const evidence = {
    routeTable: table.RouteTableId,
    tags: tagLines(subnet.Tags),
    routes: routeLines(table),
    blockPublicAccess: mode,
  };
  const remediation = { command: deleteTags(context, [subnet.SubnetId], key), docs };
  const about = { resource, evidence } as const;
  const wrong = { ...about, status: 'FAIL', remediation } as const;
  const name = `${subnetName(subnet)} is tagged ${key}`;
  if (mode !== 'off') return { ...wrong, text: `${name}, but VPC Block Public Access has it at ${mode}` };
  if (leadsTo(route, 'igw')) return { ...about, status: 'PASS', text: `${name} and has ${describeDefault(route)}` };
  if (leadsTo(v6, 'igw'))
    return onlyBy6(context, wrong, `${name}, but only IPv6 leads to the internet: ${describeDefault(v4)}`);
  const some = (table.Routes ?? []).some((each) => {
    const { kind, blackhole } = routeTarget(each);
    return kind === 'igw' && !blackhole;
  });
  if (some)
    return {
      ...wrong,
      status: 'WARN',
      text: `${name}, but only some destinations go through an internet gateway: ${describeDefault(route)}`,
    };
  if (leadsTo(route, 'vpce'))
    return {
      ...wrong,
      status: 'WARN',
      text: `${name} and has ${describeDefault(route)}: verify that what inspects there leads to the internet`,
    };
  return { ...wrong, text: `${name}, but the internet does not reach it: ${describeDefault(route)}` };
}

/** Load balancers without public IPv4 addresses do without the way back over IPv4. */
function onlyBy6(context: ClusterContext, wrong: Omit<Judged, 'text'>, name: string): Judged {
  const { wishes, complete } = context.balancers;
  const facing = wishes.filter(({ scheme }) => scheme === 'internet-facing');
  const needV4 = facing.filter(({ addresses }) => addresses !== 'dualstack-without-public-ipv4');
  const evidence = {
    ...wrong.evidence,
    loadBalancers: facing.map(({ object, addresses }) => `${object} ${addresses}`),
  };
  if (needV4.length > 0) return { ...wrong, evidence, text: `${name}, which ${needV4[0]?.object} needs` };
  if (!complete) {
    const { missing } = unread(context, wrong.resource, 'list services', 'list ingresses.networking.k8s.io');
    const text = `${name}: that is enough only if every internet-facing load balancer is dualstack-without-public-ipv4`;
    return { status: 'UNKNOWN', resource: wrong.resource, evidence, text, missing: missing ?? [] };
  }
  if (facing.length === 0) return { ...wrong, evidence, text: name };
  const text = `${name}, and every internet-facing load balancer is dualstack-without-public-ipv4`;
  return { status: 'PASS', resource: wrong.resource, evidence, text };
}
