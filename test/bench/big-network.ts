import type { NetworkInterface } from '../../shared/audit/network/ec2-address-shapes.ts';
import type { RouteTable, Subnet } from '../../shared/audit/network/ec2-shapes.ts';
import type { Nodegroup } from '../../shared/audit/network/eks-shapes.ts';

const letters = ['a', 'b', 'c'];
const count = <T>(many: number, make: (at: number) => T): T[] => Array.from({ length: many }, (_, at) => make(at));
const account = '111122223333';

export interface BigNetworkSize {
  vpcs: number;
  /** Each in a VPC of its own. */
  clusters: number;
  /** In a VPC with a cluster, and in one without. */
  subnets: readonly [number, number];
  routeTables: readonly [number, number];
  /** In a VPC with a cluster. */
  interfaces: number;
}

/** 50 VPCs, 1,000 subnets, 300 route tables and 20 clusters, most of it where the clusters are. */
export const fiftyVpcs: BigNetworkSize = {
  ...{ vpcs: 50, clusters: 20, subnets: [44, 4], routeTables: [12, 2], interfaces: 100 },
};

/** All that an account's region holds. */
export function bigNetwork({ vpcs, clusters, subnets, routeTables, interfaces }: BigNetworkSize) {
  const ids = count(vpcs, (at) => `vpc-${String(at).padStart(3, '0')}`);
  const withCluster = ids.slice(0, clusters);
  const of = (id: string, [many, few]: readonly [number, number]) => (withCluster.includes(id) ? many : few);
  const Subnets = ids.flatMap((id) => count(of(id, subnets), (at) => subnet(id, at)));
  const inVpc = (id: string) => Subnets.filter(({ VpcId }) => VpcId === id);
  const all = [{ ...{ Protocol: '-1', CidrBlock: '0.0.0.0/0', RuleNumber: 100, RuleAction: 'allow' } }];
  return {
    clusterNames: withCluster.map(nameOf),
    Clusters: withCluster.map((vpcId) => ({
      ...{ name: nameOf(vpcId), arn: `arn:aws:eks:eu-west-1:${account}:cluster/${nameOf(vpcId)}`, version: '1.34' },
      resourcesVpcConfig: {
        vpcId,
        subnetIds: inVpc(vpcId)
          .slice(0, 3)
          .map(({ SubnetId }) => SubnetId),
      },
      kubernetesNetworkConfig: { ipFamily: 'ipv4' },
    })),
    Nodegroups: withCluster.flatMap((id) => count(3, (at) => nodegroup(nameOf(id), inVpc(id), at))),
    Vpcs: ids.map((VpcId) => ({ VpcId, OwnerId: account, CidrBlock: '10.0.0.0/16', DhcpOptionsId: 'dopt-1' })),
    Subnets,
    RouteTables: ids.flatMap((id) => tables(id, inVpc(id), of(id, routeTables))),
    NatGateways: ids.map((VpcId) => ({
      ...{ NatGatewayId: `nat-${VpcId}`, VpcId, SubnetId: inVpc(VpcId)[0]?.SubnetId, State: 'available' },
    })),
    InternetGateways: ids.map((VpcId) => ({ InternetGatewayId: `igw-${VpcId}`, Attachments: [{ VpcId }] })),
    VpcEndpoints: ids.map((VpcId) => ({
      ...{ VpcEndpointId: `vpce-${VpcId}`, VpcId, VpcEndpointType: 'Gateway', State: 'available' },
      ...{ ServiceName: 'com.amazonaws.eu-west-1.s3', RouteTableIds: [`rtb-${VpcId}-0`] },
    })),
    NetworkInterfaces: withCluster.flatMap((id) => count(interfaces, (at) => networkInterface(id, inVpc(id), at))),
    NetworkAcls: ids.map((VpcId) => ({
      ...{ NetworkAclId: `acl-${VpcId}`, VpcId, IsDefault: true },
      Associations: inVpc(VpcId).map(({ SubnetId }) => ({ SubnetId })),
      Entries: [true, false].flatMap((Egress) => all.map((entry) => ({ ...entry, Egress }))),
    })),
    SecurityGroups: ids.flatMap((VpcId) => count(10, (at) => ({ GroupId: `sg-${VpcId}-${at}`, VpcId }))),
  };
}

export type BigNetwork = ReturnType<typeof bigNetwork>;

function nameOf(vpcId: string): string {
  return vpcId.replace('vpc', 'cluster');
}

function subnet(VpcId: string, at: number): Subnet {
  const role = at % 2 === 0 ? 'kubernetes.io/role/elb' : 'kubernetes.io/role/internal-elb';
  return {
    ...{ SubnetId: `subnet-${VpcId}-${String(at).padStart(2, '0')}`, VpcId, OwnerId: account },
    ...{ AvailabilityZone: `eu-west-1${letters[at % 3]}`, AvailabilityZoneId: `euw1-az${(at % 3) + 1}` },
    ...{ CidrBlock: `10.0.${at}.0/24`, AvailableIpAddressCount: 200, MapPublicIpOnLaunch: false },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: [
      { Key: 'Name', Value: `${VpcId}-${at}` },
      ...(at < 6 ? [{ Key: role, Value: '1' }] : []),
      { Key: `kubernetes.io/cluster/${nameOf(VpcId)}`, Value: 'shared' },
    ],
  };
}

function tables(VpcId: string, subnets: readonly Subnet[], many: number): RouteTable[] {
  return count(many, (at) => {
    const way = at % 2 === 0 ? { GatewayId: `igw-${VpcId}` } : { NatGatewayId: `nat-${VpcId}` };
    const own = subnets.filter((_, place) => place % many === at);
    return {
      ...{ RouteTableId: `rtb-${VpcId}-${at}`, VpcId, OwnerId: account },
      Associations: own.map(({ SubnetId }) => ({ SubnetId, AssociationState: { State: 'associated' } })),
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', ...way, State: 'active' },
      ],
    };
  });
}

function nodegroup(clusterName: string, subnets: readonly Subnet[], at: number): Nodegroup {
  return {
    ...{ nodegroupName: `workers-${at}`, clusterName, status: 'ACTIVE', instanceTypes: ['m5.large'] },
    ...{ subnets: subnets.slice(at * 3, at * 3 + 6).map(({ SubnetId }) => SubnetId) },
    scalingConfig: { minSize: 3, maxSize: 30, desiredSize: 10 },
  };
}

function networkInterface(VpcId: string, subnets: readonly Subnet[], at: number): NetworkInterface {
  const place = at % subnets.length;
  const first = Math.floor(at / subnets.length) * 10 + 5;
  return {
    ...{ NetworkInterfaceId: `eni-${VpcId}-${at}`, VpcId, OwnerId: account, Status: 'in-use' },
    ...{ SubnetId: subnets[place]?.SubnetId ?? '', Attachment: { InstanceId: `i-${VpcId}-${at}` } },
    PrivateIpAddresses: count(10, (each) => ({ PrivateIpAddress: `10.0.${place}.${first + each}` })),
    Groups: [{ GroupId: `sg-${VpcId}-0` }],
  };
}
