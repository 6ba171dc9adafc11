import type { NetworkSnapshot } from '../../../shared/audit/network/snapshot.ts';
import { data } from './data-vpc.ts';
import { edge } from './edge-vpc.ts';
import { account, region } from './lines.ts';
import { pay } from './pay-vpc.ts';
import { shop } from './shop-vpc.ts';

const vpcs = [shop, pay, edge, data];
const all = <Name extends keyof NetworkSnapshot>(name: Name) =>
  vpcs.flatMap((each: Partial<NetworkSnapshot>) => (each[name] ?? []) as never[]);

/** Five clusters in four VPCs in which every check of the network finds something. */
export const everyCheck: NetworkSnapshot = {
  ...{ version: 1, account, region, partition: 'aws', takenAt: '2026-11-21T08:00:00.000Z' },
  clusters: ['batch', 'data', 'edge', 'pay', 'shop'],
  ...{ Clusters: all('Clusters'), Nodegroups: all('Nodegroups'), FargateProfiles: all('FargateProfiles') },
  ...{ Addons: all('Addons'), Vpcs: all('Vpcs'), Subnets: all('Subnets'), RouteTables: all('RouteTables') },
  DhcpOptions: [
    dhcp('dopt-own', 'eu-west-1.compute.internal', 'AmazonProvidedDNS'),
    dhcp('dopt-corp', 'corp.example.com', '10.9.0.2', '10.9.0.3'),
  ],
  ...{ NatGateways: all('NatGateways'), InternetGateways: all('InternetGateways'), VpcEndpoints: all('VpcEndpoints') },
  AvailabilityZones: [
    ...['a', 'b', 'c'].map((letter, at) => zone(`${region}${letter}`, `euw1-az${at + 1}`, 'availability-zone')),
    zone(`${region}-lax-1a`, 'euw1-lax1-az1', 'local-zone'),
  ],
  VpcBlockPublicAccessOptions: { State: 'update-complete', InternetGatewayBlockMode: 'off' },
  ...{ NetworkInterfaces: all('NetworkInterfaces'), NetworkAcls: all('NetworkAcls') },
  ...{ SubnetIpv4CidrReservations: [], SubnetIpv6CidrReservations: [], SecurityGroups: all('SecurityGroups') },
  ...{ AutoScalingGroups: all('AutoScalingGroups'), LaunchTemplateVersions: all('LaunchTemplateVersions') },
  InstanceTypes: [instanceType('m5.large', 'nitro'), instanceType('m4.large', 'xen')],
  kubernetes: Object.assign({}, ...vpcs.map(({ kubernetes }) => kubernetes)),
  // Nobody may look into one of them.
  denied: ['list daemonsets.apps', 'list deployments.apps', 'list services'].map((action) => ({
    ...{ action, about: 'batch', message: `User "auditor" cannot ${action} at the cluster scope` },
  })),
};

function dhcp(DhcpOptionsId: string, domain: string, ...servers: readonly string[]) {
  const values = (all: readonly string[]) => all.map((Value) => ({ Value }));
  return {
    DhcpOptionsId,
    DhcpConfigurations: [
      { Key: 'domain-name', Values: values([domain]) },
      { Key: 'domain-name-servers', Values: values(servers) },
    ],
  };
}

function zone(ZoneName: string, ZoneId: string, ZoneType: string) {
  return { ZoneName, ZoneId, ZoneType, State: 'available', OptInStatus: 'opt-in-not-required' };
}

function instanceType(InstanceType: string, Hypervisor: string) {
  return {
    ...{ InstanceType, BareMetal: false, Hypervisor, VCpuInfo: { DefaultVCpus: 2 } },
    NetworkInfo: {
      ...{ Ipv6Supported: true, MaximumNetworkInterfaces: 3, Ipv4AddressesPerInterface: 10 },
      ...{ DefaultNetworkCardIndex: 0, NetworkCards: [{ NetworkCardIndex: 0, MaximumNetworkInterfaces: 3 }] },
    },
  };
}
