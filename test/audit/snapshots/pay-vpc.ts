import { clusterArn, cni, controller, routeTable, subnet, vpc } from './lines.ts';

const id = 'vpc-pay';

/** A private cluster that nothing leaves: no NAT, half of the endpoints, DNS of its own. */
export const pay = {
  Clusters: [
    {
      ...{ name: 'pay', arn: clusterArn('pay'), version: '1.33', status: 'ACTIVE' },
      resourcesVpcConfig: {
        ...{
          vpcId: id,
          subnetIds: ['subnet-cp-a', 'subnet-cp-a2', 'subnet-deleted'],
          clusterSecurityGroupId: 'sg-pay',
        },
        ...{ endpointPublicAccess: false, endpointPrivateAccess: true },
      },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' },
      health: {
        issues: [
          { code: 'Ec2SubnetNotFound', message: 'subnet-deleted does not exist', resourceIds: ['subnet-deleted'] },
        ],
      },
    },
  ],
  Vpcs: [vpc(id, { EnableDnsHostnames: { Value: false }, DhcpOptionsId: 'dopt-corp' })],
  Subnets: [
    // Too small for an upgrade, and both in one zone.
    subnet(id, 'cp-a', { zone: 'a', cidr: '10.0.0.0/28', free: 4 }),
    subnet(id, 'cp-a2', { zone: 'a', cidr: '10.0.0.16/28', free: 9 }),
    subnet(id, 'nodes-a', { zone: 'a', cidr: '10.0.1.0/26', free: 5 }),
    // The only one for internal load balancers, and blocked for the internet besides.
    subnet(id, 'lb-b', {
      ...{ zone: 'b', cidr: '10.0.2.0/28', free: 6 },
      tags: { 'kubernetes.io/role/internal-elb': '1', 'kubernetes.io/role/elb': '1' },
      more: { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-bidirectional' } },
    }),
  ],
  RouteTables: [routeTable(id, 'pay-main', []), routeTable(id, 'pay', ['cp-a', 'cp-a2', 'nodes-a', 'lb-b'])],
  VpcEndpoints: [
    {
      ...{ VpcEndpointId: 'vpce-s3', VpcEndpointType: 'Gateway', VpcId: id, State: 'available' },
      ...{ ServiceName: 'com.amazonaws.eu-west-1.s3', RouteTableIds: ['rtb-pay-main'] },
    },
    {
      ...{ VpcEndpointId: 'vpce-ecr', VpcEndpointType: 'Interface', VpcId: id, State: 'available' },
      ...{ ServiceName: 'com.amazonaws.eu-west-1.ecr.api', SubnetIds: ['subnet-nodes-a'], PrivateDnsEnabled: false },
      Groups: [{ GroupId: 'sg-endpoints', GroupName: 'endpoints' }],
    },
  ],
  SecurityGroups: [
    { GroupId: 'sg-pay', GroupName: 'eks-cluster-sg-pay', VpcId: id, IpPermissions: [], IpPermissionsEgress: [] },
    { GroupId: 'sg-endpoints', GroupName: 'endpoints', VpcId: id, IpPermissions: [], IpPermissionsEgress: [] },
  ],
  NetworkAcls: [
    {
      ...{ NetworkAclId: 'acl-pay', VpcId: id, IsDefault: false },
      Associations: ['cp-a', 'cp-a2', 'nodes-a', 'lb-b'].map((name) => ({ SubnetId: `subnet-${name}` })),
      // Somebody let 443 in and forgot what comes back.
      Entries: [
        {
          ...{ RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false, CidrBlock: '10.0.0.0/16' },
          PortRange: { From: 443, To: 443 },
        },
        { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress: true, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress: false, CidrBlock: '0.0.0.0/0' },
      ],
    },
  ],
  Nodegroups: [
    {
      ...{ nodegroupName: 'workers', clusterName: 'pay', status: 'ACTIVE', instanceTypes: ['m5.large'] },
      ...{ subnets: ['subnet-nodes-a'], scalingConfig: { minSize: 2, maxSize: 8, desiredSize: 2 } },
      updateConfig: { maxUnavailable: 1 },
    },
  ],
  kubernetes: {
    pay: {
      deployments: { items: [controller('v2.17.1', 'pay')] },
      daemonsets: { items: [cni('v1.20.4')] },
      ...{ services: { items: [] }, ingresses: { items: [] }, ingressclasses: { items: [] } },
      ...{ ingressclassparams: { items: [] }, eniconfigs: { items: [] }, nodes: { items: [] } },
    },
  },
};
