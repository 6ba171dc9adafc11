import type { NetworkInterface } from '../../../shared/audit/network/ec2-address-shapes.ts';
import type { Route, RouteTable, Subnet, Vpc } from '../../../shared/audit/network/ec2-shapes.ts';
import type { PodController } from '../../../shared/audit/network/kubernetes-shapes.ts';

export const account = '111122223333';
export const region = 'eu-west-1';

const zoneIds: Readonly<Record<string, string>> = { a: 'euw1-az1', b: 'euw1-az2', c: 'euw1-az3', lax: 'euw1-lax1-az1' };

export interface SubnetLine {
  zone: string;
  cidr: string;
  free?: number;
  tags?: Readonly<Record<string, string>>;
  more?: Partial<Subnet>;
}

/** The name is the part of its id behind `subnet-`, and its Name tag. */
export function subnet(
  VpcId: string,
  name: string,
  { zone, cidr, free = 200, tags = {}, more = {} }: SubnetLine,
): Subnet {
  const SubnetId = `subnet-${name}`;
  const OwnerId = more.OwnerId ?? account;
  return {
    ...{
      SubnetId,
      VpcId,
      OwnerId,
      SubnetArn: `arn:aws:ec2:${region}:${OwnerId}:subnet/${SubnetId}`,
      State: 'available',
    },
    ...{ AvailabilityZone: `${region}${zone === 'lax' ? '-lax-1a' : zone}`, AvailabilityZoneId: zoneIds[zone] ?? zone },
    ...{ CidrBlock: cidr, AvailableIpAddressCount: free, MapPublicIpOnLaunch: false },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: Object.entries({ Name: name, ...tags }).map(([Key, Value]) => ({ Key, Value })),
    ...more,
  };
}

/** Of subnets by their names; without any it is the VPC's main one. */
export function routeTable(
  VpcId: string,
  name: string,
  subnets: readonly string[],
  ...routes: readonly Route[]
): RouteTable {
  const AssociationState = { State: 'associated' };
  const Associations =
    subnets.length === 0
      ? [{ Main: true, AssociationState }]
      : subnets.map((each) => ({ Main: false, SubnetId: `subnet-${each}`, AssociationState }));
  const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' };
  return { RouteTableId: `rtb-${name}`, VpcId, OwnerId: account, Associations, Routes: [local, ...routes] };
}

export const anywhere = { DestinationCidrBlock: '0.0.0.0/0', State: 'active' } as const;
export const anywhere6 = { DestinationIpv6CidrBlock: '::/0', State: 'active' } as const;

export function vpc(VpcId: string, more: Partial<Vpc> = {}): Vpc {
  return {
    ...{ VpcId, OwnerId: account, CidrBlock: '10.0.0.0/16', DhcpOptionsId: 'dopt-own' },
    ...{ EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } },
    Tags: [{ Key: 'Name', Value: VpcId.replace('vpc-', '') }],
    ...more,
  };
}

export function clusterArn(name: string): string {
  return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}

/** The AWS Load Balancer Controller of this version. */
export function controller(version: string, clusterName: string): PodController {
  const image = `public.ecr.aws/eks/aws-load-balancer-controller:${version}`;
  return workload('aws-load-balancer-controller', { image, args: [`--cluster-name=${clusterName}`] });
}

/** The VPC CNI of this version. */
export function cni(version: string, env: Readonly<Record<string, string>> = {}): PodController {
  const image = `602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:${version}`;
  return workload('aws-node', { image, env: Object.entries(env).map(([name, value]) => ({ name, value })) });
}

function workload(
  name: string,
  container: { image: string; args?: string[]; env?: { name: string; value: string }[] },
) {
  const containers = [{ name, ...container }];
  return { metadata: { name, namespace: 'kube-system' }, spec: { template: { spec: { containers } } } };
}

export function node(name: string, zone: string, instance: string) {
  return {
    metadata: { name, labels: { 'topology.kubernetes.io/zone': `${region}${zone}` } },
    spec: { providerID: `aws:///${region}${zone}/${instance}` },
    status: { capacity: { pods: '29' }, allocatable: { pods: '29' } },
  };
}

export function networkInterface(name: string, VpcId: string, address: string, instance: string): NetworkInterface {
  return {
    ...{ NetworkInterfaceId: `eni-${instance}`, SubnetId: `subnet-${name}`, VpcId, OwnerId: account, Status: 'in-use' },
    Attachment: { InstanceId: instance, Status: 'attached' },
    PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }],
  };
}

/** What EC2 makes with a VPC: it lets everything through. */
export function defaultAcl(VpcId: string, ...names: readonly string[]) {
  const all = { Protocol: '-1', CidrBlock: '0.0.0.0/0' };
  const Entries = [true, false].flatMap((Egress) => [
    { ...all, Egress, RuleNumber: 100, RuleAction: 'allow' },
    { ...all, Egress, RuleNumber: 32767, RuleAction: 'deny' },
  ]);
  const Associations = names.map((name) => ({ SubnetId: `subnet-${name}` }));
  return { NetworkAclId: VpcId.replace('vpc', 'acl'), VpcId, IsDefault: true, Entries, Associations };
}
