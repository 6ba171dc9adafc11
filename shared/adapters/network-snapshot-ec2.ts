import {
  DescribeDhcpOptionsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { Vpc } from '../audit/network/ec2-shapes.ts';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import type { AnswerPage, SnapshotReads } from './network-snapshot-reads.ts';

type Client = Pick<EC2Client, 'send'>;

/** The most values that a filter takes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const filterValues = 200;

/** Lists of EC2 that have a filter by VPC: the same few pages for all clusters of a VPC. */
export async function readVpcs(
  client: Client,
  reads: SnapshotReads,
  vpcIds: readonly string[],
  signal: AbortSignal,
): Promise<Partial<NetworkSnapshot>> {
  const abort = { abortSignal: signal };
  const chunks = chunked(vpcIds, filterValues);
  /** `list` is the answer's own name for it. */
  const read = async <Name extends keyof NetworkSnapshot>(
    name: Name,
    operation: string,
    filter: string,
    send: (input: {
      Filters: { Name: string; Values: string[] }[];
      MaxResults: number;
      NextToken?: string;
    }) => Promise<AnswerPage>,
    { values = chunks, pageSize = 1000 }: { values?: readonly string[][]; pageSize?: number } = {},
  ): Promise<Pick<NetworkSnapshot, Name> | undefined> => {
    const lists = await Promise.all(
      values.map((Values) =>
        reads.all(
          `ec2:${operation}`,
          about(vpcIds),
          (NextToken) =>
            send({ Filters: [{ Name: filter, Values }], MaxResults: pageSize, ...(NextToken && { NextToken }) }),
          (page: Record<string, unknown[]>) => page[name],
        ),
      ),
    );
    return lists.includes(undefined) ? undefined : ({ [name]: lists.flat() } as unknown as Pick<NetworkSnapshot, Name>);
  };

  const vpcs = async () => {
    const described = await read('Vpcs', 'DescribeVpcs', 'vpc-id', (input) =>
      client.send(new DescribeVpcsCommand(input), abort),
    );
    const Vpcs = await Promise.all((described?.Vpcs ?? []).map((vpc) => withAttributes(client, reads, vpc, abort)));
    const ids = [...new Set(Vpcs.map(({ DhcpOptionsId }) => DhcpOptionsId))].filter(
      (id): id is string => id !== undefined && id !== 'default',
    );
    const options = described
      ? await read(
          'DhcpOptions',
          'DescribeDhcpOptions',
          'dhcp-options-id',
          (input) => client.send(new DescribeDhcpOptionsCommand(input), abort),
          { values: chunked(ids, filterValues) },
        )
      : undefined;
    return { ...(described && { Vpcs }), ...options };
  };

  const parts = await Promise.all([
    vpcs(),
    read('Subnets', 'DescribeSubnets', 'vpc-id', (input) => client.send(new DescribeSubnetsCommand(input), abort)),
    read(
      'RouteTables',
      'DescribeRouteTables',
      'vpc-id',
      (input) => client.send(new DescribeRouteTablesCommand(input), abort),
      { pageSize: 100 },
    ),
    read('NatGateways', 'DescribeNatGateways', 'vpc-id', ({ Filters, ...input }) =>
      client.send(new DescribeNatGatewaysCommand({ Filter: Filters, ...input }), abort),
    ),
    read('InternetGateways', 'DescribeInternetGateways', 'attachment.vpc-id', (input) =>
      client.send(new DescribeInternetGatewaysCommand(input), abort),
    ),
    read('VpcEndpoints', 'DescribeVpcEndpoints', 'vpc-id', (input) =>
      client.send(new DescribeVpcEndpointsCommand(input), abort),
    ),
    read('NetworkInterfaces', 'DescribeNetworkInterfaces', 'vpc-id', (input) =>
      client.send(new DescribeNetworkInterfacesCommand(input), abort),
    ),
    read('NetworkAcls', 'DescribeNetworkAcls', 'vpc-id', (input) =>
      client.send(new DescribeNetworkAclsCommand(input), abort),
    ),
    read('SecurityGroups', 'DescribeSecurityGroups', 'vpc-id', (input) =>
      client.send(new DescribeSecurityGroupsCommand(input), abort),
    ),
  ]);
  return Object.assign({}, ...parts);
}

async function withAttributes(
  client: Client,
  reads: SnapshotReads,
  vpc: Vpc,
  abort: { abortSignal: AbortSignal },
): Promise<Vpc> {
  const attribute = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    reads.one('ec2:DescribeVpcAttribute', vpc.VpcId, () =>
      client.send(new DescribeVpcAttributeCommand({ VpcId: vpc.VpcId, Attribute }), abort),
    );
  const [support, hostnames] = await Promise.all([attribute('enableDnsSupport'), attribute('enableDnsHostnames')]);
  return {
    ...vpc,
    ...(support?.EnableDnsSupport && { EnableDnsSupport: support.EnableDnsSupport }),
    ...(hostnames?.EnableDnsHostnames && { EnableDnsHostnames: hostnames.EnableDnsHostnames }),
  } as Vpc;
}

function about(vpcIds: readonly string[]): string {
  const [first = '', ...others] = vpcIds;
  return others.length === 0 ? first : `${vpcIds.length} VPCs`;
}

export function chunked<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));
}
