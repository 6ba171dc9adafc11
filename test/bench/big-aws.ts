import type { SnapshotPorts } from '../../shared/adapters/network-snapshot.ts';
import type { BigNetwork } from './big-network.ts';

type Input = Record<string, unknown> & {
  Filters?: readonly { Name: string; Values: string[] }[];
  Filter?: readonly { Name: string; Values: string[] }[];
  MaxResults?: number;
  NextToken?: string;
};
type Clients = Pick<SnapshotPorts, 'ec2' | 'eks' | 'autoScaling'>;

/** The most that AWS answers at once, where that is less than is asked for. */
const mostOf: Readonly<Record<string, number>> = { RouteTables: 100 };
const paged = ['Vpcs', 'Subnets', 'RouteTables', 'NatGateways', 'InternetGateways', 'VpcEndpoints'] as const;
const pagedToo = ['NetworkInterfaces', 'NetworkAcls', 'SecurityGroups'] as const;
const lists = [...paged, ...pagedToo];

/** AWS clients that answer out of a network page by page, and count. */
export function bigAws(network: BigNetwork): { clients: Clients; calls: string[]; pages: () => number } {
  const calls: string[] = [];
  // A bundle shortens the names of classes; the third part of a command's schema is what AWS calls it.
  const send = async ({ input, schema }: { input: Input; schema: readonly [number, string, string] }) => {
    const [, , operation] = schema;
    calls.push(operation);
    return answer(network, operation, input);
  };
  const client = { send } as never;
  return { clients: { ec2: client, eks: client, autoScaling: client }, calls, pages: () => pagesOf(network) };
}

/** How many answers there are to be had: pages of lists, and one for each thing that AWS describes by itself only. */
function pagesOf(network: BigNetwork): number {
  const vpcs = new Set(network.Clusters.map(({ resourcesVpcConfig }) => resourcesVpcConfig.vpcId));
  const ofLists = lists.map((name) => {
    const rows = (network[name] as { VpcId?: string; Attachments?: { VpcId?: string }[] }[]).filter(
      ({ VpcId, Attachments }) => vpcs.has(VpcId ?? Attachments?.[0]?.VpcId ?? ''),
    );
    return Math.max(1, Math.ceil(rows.length / (mostOf[name] ?? 1000)));
  });
  // DHCP options, zones, public access, groups, instance types and the clusters' names are a page each.
  const single = 6;
  // The cluster itself, and the lists of its node groups, Fargate profiles and add-ons.
  const perCluster = 4;
  return ofLists.reduce((a, b) => a + b, single) + network.Clusters.length * perCluster + network.Nodegroups.length;
}

function answer(network: BigNetwork, operation: string, input: Input): unknown {
  const list = lists.find((name) => operation === `Describe${name}`);
  if (list) return page(list, network[list] as never, input);
  switch (operation) {
    case 'ListClusters':
      return { clusters: network.clusterNames };
    case 'DescribeCluster':
      return { cluster: network.Clusters.find(({ name }) => name === input.name) };
    case 'ListNodegroups':
      return { nodegroups: ofCluster(network, input).map(({ nodegroupName }) => nodegroupName) };
    case 'DescribeNodegroup':
      return { nodegroup: ofCluster(network, input).find((each) => each.nodegroupName === input.nodegroupName) };
    case 'DescribeVpcAttribute':
      return { EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } };
    case 'DescribeVpcBlockPublicAccessOptions':
      return { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } };
    case 'DescribeAvailabilityZones':
      return { AvailabilityZones: ['a', 'b', 'c'].map(zone) };
    case 'DescribeInstanceTypes':
      return { InstanceTypes: [{ InstanceType: 'm5.large', Hypervisor: 'nitro', NetworkInfo: network5 }] };
    case 'DescribeDhcpOptions':
      return { DhcpOptions: [{ DhcpOptionsId: 'dopt-1', DhcpConfigurations: [] }] };
    case 'ListFargateProfiles':
    case 'ListAddons':
    case 'DescribeAutoScalingGroups':
      return { fargateProfileNames: [], addons: [], AutoScalingGroups: [] };
    default:
      throw new Error(`unexpected command ${operation}`);
  }
}

const network5 = { MaximumNetworkInterfaces: 3, Ipv4AddressesPerInterface: 10 };

function zone(letter: string, at: number) {
  return { ZoneName: `eu-west-1${letter}`, ZoneId: `euw1-az${at + 1}`, ZoneType: 'availability-zone' };
}

function ofCluster({ Nodegroups }: BigNetwork, { clusterName }: Input) {
  return Nodegroups.filter((each) => each.clusterName === clusterName);
}

function page(name: string, all: readonly { VpcId?: string; Attachments?: { VpcId: string }[] }[], input: Input) {
  const [filter] = input.Filters ?? input.Filter ?? [];
  const wanted = new Set(filter?.Values);
  const rows = all.filter(({ VpcId, Attachments }) => wanted.has(VpcId ?? Attachments?.[0]?.VpcId ?? ''));
  const size = Math.min(input.MaxResults ?? 1000, mostOf[name] ?? 1000);
  const from = Number(input.NextToken ?? 0);
  const next = from + size;
  return { [name]: rows.slice(from, next), ...(next < rows.length && { NextToken: String(next) }) };
}
