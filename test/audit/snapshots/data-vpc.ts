import { anywhere, clusterArn, cni, defaultAcl, networkInterface, node, routeTable, subnet, vpc } from './lines.ts';

const id = 'vpc-data';
const owner = '444455556666';
const env = {
  ...{ AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
  ...{ ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
};

/** Pods in subnets of their own, handed out in prefixes; one subnet is lent by another account. */
export const data = {
  Clusters: [
    {
      ...{ name: 'data', arn: clusterArn('data'), version: '1.34', status: 'ACTIVE' },
      resourcesVpcConfig: {
        ...{ vpcId: id, subnetIds: ['subnet-data-a', 'subnet-data-b'], clusterSecurityGroupId: 'sg-data' },
        ...{ endpointPublicAccess: true, endpointPrivateAccess: true },
      },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' },
    },
  ],
  Vpcs: [vpc(id)],
  Subnets: [
    subnet(id, 'data-a', { zone: 'a', cidr: '10.0.0.0/22', free: 1000 }),
    subnet(id, 'data-b', { zone: 'b', cidr: '10.0.4.0/22', free: 1000 }),
    // Two blocks of sixteen, of which EC2 keeps an address in each.
    subnet(id, 'pods-a', { zone: 'a', cidr: '10.0.8.0/27', free: 27, tags: { 'kubernetes.io/role/cni': '1' } }),
    subnet(id, 'lent-b', { zone: 'b', cidr: '10.0.9.0/24', more: { OwnerId: owner } }),
  ],
  NetworkAcls: [defaultAcl(id, 'data-a', 'data-b', 'pods-a')],
  RouteTables: [
    routeTable(id, 'data-main', []),
    routeTable(id, 'data', ['data-a', 'data-b', 'pods-a'], { ...anywhere, TransitGatewayId: 'tgw-hub' }),
  ],
  SecurityGroups: [{ GroupId: 'sg-data', GroupName: 'eks-cluster-sg-data', VpcId: id }],
  NetworkInterfaces: [
    networkInterface('data-a', id, '10.0.0.10', 'i-data-a'),
    networkInterface('data-b', id, '10.0.4.10', 'i-data-b'),
  ],
  AutoScalingGroups: [
    {
      ...{ AutoScalingGroupName: 'data-workers', VPCZoneIdentifier: 'subnet-data-a,subnet-data-b' },
      ...{ MinSize: 2, MaxSize: 6, DesiredCapacity: 2, LaunchTemplate: { LaunchTemplateId: 'lt-data', Version: '4' } },
      Instances: [instance('i-data-a', 'a'), instance('i-data-b', 'b')],
      Tags: [{ Key: 'kubernetes.io/cluster/data', Value: 'owned', PropagateAtLaunch: true }],
    },
  ],
  LaunchTemplateVersions: [
    {
      ...{ LaunchTemplateId: 'lt-data', LaunchTemplateName: 'data', VersionNumber: 4, DefaultVersion: true },
      LaunchTemplateData: { InstanceType: 'm5.large' },
    },
  ],
  kubernetes: {
    data: {
      deployments: { items: [] },
      daemonsets: { items: [cni('v1.20.4', env)] },
      ...{ services: { items: [] }, ingresses: { items: [] }, ingressclasses: { items: [] } },
      ingressclassparams: { items: [] },
      // None for the other zone.
      eniconfigs: {
        items: [{ metadata: { name: 'eu-west-1a' }, spec: { subnet: 'subnet-pods-a', securityGroups: ['sg-data'] } }],
      },
      nodes: {
        items: [
          node('ip-10-0-0-10.eu-west-1.compute.internal', 'a', 'i-data-a'),
          node('ip-10-0-4-10.eu-west-1.compute.internal', 'b', 'i-data-b'),
        ],
      },
    },
  },
};

function instance(InstanceId: string, zone: string) {
  return {
    ...{ InstanceId, InstanceType: 'm5.large', AvailabilityZone: `eu-west-1${zone}`, LifecycleState: 'InService' },
  };
}
