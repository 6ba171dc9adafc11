// In an IPv6 cluster every subnet of nodes hands out IPv6 addresses and routes both families, and every node can have prefixes.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { routed } from '../network/each-subnet.ts';
import type { RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { instanceTypesOf } from '../network/launch-templates.ts';
import { isShared, subnetArn, subnetName } from '../network/names.ts';
import { nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { defaultRoute, describeDefault, routeLines } from '../network/simulate/routes.ts';
import { hasIpv6 } from '../network/simulate/subnet-tags.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html';

export const net22: NetworkCheck = {
  id: 'NET-22',
  severity: 'high',
  title: 'Subnets and nodes of an IPv6 cluster have what it takes',
  docs,
  judge: (context) => {
    const { cluster, arn } = context;
    const family = cluster.kubernetesNetworkConfig?.ipFamily;
    if (family === undefined) return [unread(context, arn, 'eks:DescribeCluster')];
    if (family !== 'ipv6')
      return [
        { status: 'NOT_APPLICABLE', resource: arn, text: `the cluster's family is ${family}`, evidence: { family } },
      ];
    if (!context.subnets) return [unread(context, arn, 'ec2:DescribeSubnets')];
    const places = nodePlaces(context).filter(({ kind }) => kind !== 'fargate');
    return [
      ...subnetsInUse(context, places).flatMap(({ subnet }) =>
        routed(context, subnet, ({ table }) => [judgeSubnet(context, subnet, table)]),
      ),
      ...judgeTypes(context),
      ...unreadPlaces(context, 'nodegroup', 'group'),
    ];
  },
};

function judgeSubnet(context: ClusterContext, subnet: Subnet, table: RouteTable): Judged {
  const { AssignIpv6AddressOnCreation: assigns, SubnetId } = subnet;
  const [v4, v6] = [defaultRoute(table, 'v4'), defaultRoute(table, 'v6')];
  const evidence = {
    ...{ routeTable: table.RouteTableId, routes: routeLines(table), assignIpv6AddressOnCreation: assigns },
    ipv6Blocks: (subnet.Ipv6CidrBlockAssociationSet ?? []).map(
      ({ Ipv6CidrBlock, Ipv6CidrBlockState }) => `${Ipv6CidrBlock} ${Ipv6CidrBlockState?.State}`,
    ),
  };
  const about = { resource: subnetArn(context, subnet), evidence };
  const isAlive = (route: typeof v4) => route?.targets.every(({ blackhole }) => !blackhole) ?? false;
  const out6 = isAlive(v6) && v6?.targets.every(({ kind }) => kind === 'igw' || kind === 'eigw');
  const block = hasIpv6(subnet);
  const lacks = [
    ...(block ? [] : ['no IPv6 block is associated with it']),
    ...(assigns === false ? ['it assigns no IPv6 addresses'] : []),
    ...(isAlive(v4) ? [] : [`IPv4 has ${describeDefault(v4)}`]),
    ...(out6 ? [] : [`IPv6 has ${describeDefault(v6)} and no way through an internet or egress-only internet gateway`]),
  ];
  const name = subnetName(subnet);
  if (lacks.length > 0) {
    const words = ['--subnet-id', SubnetId, '--assign-ipv6-address-on-creation', '--region', context.snapshot.region];
    const command = commandLine('aws', 'ec2', 'modify-subnet-attribute', ...words);
    const remediation = { ...(block && assigns === false && !isShared(context, subnet) && { command }), docs };
    return {
      ...about,
      status: 'FAIL',
      text: `nodes of an IPv6 cluster are in ${name}: ${lacks.join('; ')}`,
      remediation,
    };
  }
  if (assigns === undefined) return unread(context, about.resource, 'ec2:DescribeSubnets');
  return { ...about, status: 'PASS', text: `${name} hands out IPv6 addresses and routes both families` };
}

/** IPv6 pods have addresses out of prefixes. https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html */
function judgeTypes(context: ClusterContext): Judged[] {
  const { snapshot, arn } = context;
  const types = nodePlaces(context).flatMap((place) => instanceTypesOf(snapshot, place));
  return [...new Set(types)].sort().map((type): Judged => {
    const info = snapshot.InstanceTypes?.find(({ InstanceType }) => InstanceType === type);
    const isNitro = info && (info.Hypervisor === 'nitro' || info.BareMetal === true);
    if (!info) return { ...unread(context, arn, 'ec2:DescribeInstanceTypes'), matter: type };
    const about = { resource: arn, matter: type, evidence: { type, hypervisor: info.Hypervisor } };
    if (isNitro) return { ...about, status: 'PASS', text: `${type} is built on Nitro` };
    const text = `${type} is not built on Nitro: its pods get no IPv6 addresses`;
    return { ...about, status: 'FAIL', text, remediation: { docs } };
  });
}
