import { anywhere, anywhere6, clusterArn, cni, controller, defaultAcl, routeTable, subnet, vpc } from './lines.ts';

const id = 'vpc-edge';
const elb = { 'kubernetes.io/role/elb': '1' };
const six = (block: string, assigns: boolean) => ({
  ...{ AssignIpv6AddressOnCreation: assigns, MapPublicIpOnLaunch: true },
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } }],
});

/** A cluster of IPv6 whose load balancers could be in a Local Zone. */
export const edge = {
  Clusters: [
    {
      ...{ name: 'edge', arn: clusterArn('edge'), version: '1.34', status: 'ACTIVE' },
      resourcesVpcConfig: {
        ...{ vpcId: id, subnetIds: ['subnet-edge-a', 'subnet-edge-b'], clusterSecurityGroupId: 'sg-edge' },
        ...{ endpointPublicAccess: true, endpointPrivateAccess: true },
      },
      kubernetesNetworkConfig: { ipFamily: 'ipv6', serviceIpv6Cidr: 'fd00:1234::/108' },
    },
  ],
  Vpcs: [vpc(id)],
  Subnets: [
    subnet(id, 'edge-a', {
      zone: 'a',
      cidr: '10.0.0.0/22',
      free: 1000,
      tags: elb,
      more: six('2001:db8:0:1::/64', true),
    }),
    // It has a block, and hands out nothing of it.
    subnet(id, 'edge-b', {
      zone: 'b',
      cidr: '10.0.4.0/22',
      free: 1000,
      tags: elb,
      more: six('2001:db8:0:2::/64', false),
    }),
    subnet(id, 'edge-lax', { zone: 'lax', cidr: '10.0.8.0/24', tags: elb }),
  ],
  NetworkAcls: [defaultAcl(id, 'edge-a', 'edge-b', 'edge-lax')],
  RouteTables: [
    routeTable(id, 'edge-main', []),
    routeTable(
      ...([id, 'edge', ['edge-a', 'edge-b', 'edge-lax']] as const),
      ...[
        { ...anywhere, GatewayId: 'igw-edge' },
        { ...anywhere6, GatewayId: 'igw-edge' },
      ],
    ),
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-edge', Attachments: [{ VpcId: id, State: 'available' }] }],
  Nodegroups: [
    {
      ...{ nodegroupName: 'workers', clusterName: 'edge', status: 'ACTIVE', instanceTypes: ['m5.large', 'm4.large'] },
      ...{ subnets: ['subnet-edge-a', 'subnet-edge-b'], scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 } },
    },
  ],
  kubernetes: {
    edge: {
      deployments: { items: [controller('v3.5.0', 'edge')] },
      daemonsets: { items: [cni('v1.20.4', { ENABLE_IPv6: 'true', ENABLE_PREFIX_DELEGATION: 'true' })] },
      ...{ services: { items: [] }, ingresses: { items: [] }, ingressclasses: { items: [] } },
      ...{ ingressclassparams: { items: [] }, eniconfigs: { items: [] }, nodes: { items: [] } },
    },
  },
};
