import { anywhere, clusterArn, cni, controller, defaultAcl, node, routeTable, subnet, vpc } from './lines.ts';

const id = 'vpc-shop';
const elb = { 'kubernetes.io/role/elb': '1' };
const internal = { 'kubernetes.io/role/internal-elb': '1' };
const cluster = (name: string) => ({ [`kubernetes.io/cluster/${name}`]: 'shared' });

const open = ['pub-a', 'pub-a2', 'pub-b', 'pub-c', 'both-c', 'legacy-b'];
const closed = ['priv-a', 'priv-b', 'priv-c', 'swapped-c'];

/** Two clusters, whose subnets were tagged by several hands. */
export const shop = {
  Clusters: ['shop', 'batch'].map((name) => ({
    ...{ name, arn: clusterArn(name), version: '1.34', status: 'ACTIVE' },
    resourcesVpcConfig: {
      ...{ vpcId: id, subnetIds: ['subnet-priv-a', 'subnet-priv-b'], clusterSecurityGroupId: `sg-${name}` },
      ...{ endpointPublicAccess: true, endpointPrivateAccess: false },
    },
    kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' },
  })),
  Vpcs: [vpc(id)],
  Subnets: [
    // Two in one zone, of which the lower id wins; the first is nearly full.
    subnet(id, 'pub-a', { zone: 'a', cidr: '10.0.0.0/24', free: 20, tags: elb }),
    subnet(id, 'pub-a2', { zone: 'a', cidr: '10.0.1.0/24', tags: elb }),
    // A value that nothing looks for.
    subnet(id, 'pub-b', { zone: 'b', cidr: '10.0.2.0/24', tags: { 'kubernetes.io/role/elb': 'true' } }),
    // An internal role in the open, and an external one behind NAT.
    subnet(id, 'pub-c', { zone: 'c', cidr: '10.0.3.0/24', tags: internal }),
    subnet(id, 'swapped-c', { zone: 'c', cidr: '10.0.4.0/24', tags: elb }),
    subnet(id, 'both-c', { zone: 'c', cidr: '10.0.5.0/24', tags: { ...elb, ...internal } }),
    // For a cluster that is gone, so that neither of the two gets it.
    subnet(id, 'legacy-b', { zone: 'b', cidr: '10.0.6.0/24', tags: { ...elb, ...cluster('shop-2023') } }),
    subnet(id, 'priv-a', { zone: 'a', cidr: '10.0.16.0/22', free: 900, tags: internal }),
    subnet(id, 'priv-b', { zone: 'b', cidr: '10.0.20.0/22', free: 900, tags: { ...internal, ...cluster('shop') } }),
    subnet(id, 'priv-c', { zone: 'c', cidr: '10.0.24.0/22', free: 900 }),
    // Nobody gave it a route table.
    subnet(id, 'spare-b', { zone: 'b', cidr: '10.0.28.0/24' }),
  ],
  RouteTables: [
    routeTable(id, 'shop-main', []),
    routeTable(id, 'shop-public', open, { ...anywhere, GatewayId: 'igw-shop' }),
    // One gateway for three zones, and a peering that is gone.
    routeTable(
      id,
      'shop-private',
      closed,
      { ...anywhere, NatGatewayId: 'nat-shop' },
      {
        ...{ DestinationCidrBlock: '10.50.0.0/16', VpcPeeringConnectionId: 'pcx-gone', State: 'blackhole' },
      },
    ),
  ],
  NatGateways: [
    { NatGatewayId: 'nat-shop', VpcId: id, SubnetId: 'subnet-pub-a2', State: 'available', ConnectivityType: 'public' },
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-shop', Attachments: [{ VpcId: id, State: 'available' }] }],
  NetworkAcls: [defaultAcl(id, ...open, ...closed, 'spare-b')],
  Nodegroups: [
    {
      ...{ nodegroupName: 'workers', clusterName: 'shop', status: 'ACTIVE', instanceTypes: ['m5.large'] },
      ...{ subnets: ['subnet-priv-a', 'subnet-priv-b'], scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 2 } },
    },
    // In the open, without public addresses.
    {
      ...{ nodegroupName: 'open', clusterName: 'batch', status: 'ACTIVE', instanceTypes: ['m5.large'] },
      ...{ subnets: ['subnet-pub-b'], scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 } },
    },
  ],
  kubernetes: {
    shop: {
      deployments: { items: [controller('v2.14.0', 'shop')] },
      daemonsets: { items: [cni('v1.20.4')] },
      // One for the controller, one for the cloud controller manager.
      services: {
        items: [
          service(
            'web',
            { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
            'service.k8s.aws/nlb',
          ),
          service('old'),
        ],
      },
      ...{ ingresses: { items: [] }, ingressclasses: { items: [] }, ingressclassparams: { items: [] } },
      ...{
        eniconfigs: { items: [] },
        nodes: { items: [node('ip-10-0-16-9.eu-west-1.compute.internal', 'a', 'i-shop')] },
      },
    },
  },
};

function service(name: string, annotations: Record<string, string> = {}, loadBalancerClass?: string) {
  const spec = { type: 'LoadBalancer', ...(loadBalancerClass && { loadBalancerClass }) };
  return { metadata: { name, namespace: 'shop', annotations }, spec };
}
