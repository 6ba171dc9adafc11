import {
  DescribeAvailabilityZonesCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type EC2Client,
  GetSubnetCidrReservationsCommand,
} from '@aws-sdk/client-ec2';
import type { SubnetCidrReservation } from '../audit/network/ec2-address-shapes.ts';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import type { SnapshotReads } from './network-snapshot-reads.ts';

type Client = Pick<EC2Client, 'send'>;

/** What is of the whole region. */
export async function readRegion(
  client: Client,
  reads: SnapshotReads,
  region: string,
  signal: AbortSignal,
): Promise<Partial<NetworkSnapshot>> {
  const abort = { abortSignal: signal };
  const [zones, access] = await Promise.all([
    reads.one('ec2:DescribeAvailabilityZones', region, () =>
      client.send(new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: true }), abort),
    ),
    reads.one('ec2:DescribeVpcBlockPublicAccessOptions', region, () =>
      client.send(new DescribeVpcBlockPublicAccessOptionsCommand({}), abort),
    ),
  ]);
  const options = access?.VpcBlockPublicAccessOptions;
  return {
    ...(zones?.AvailabilityZones && { AvailabilityZones: zones.AvailabilityZones }),
    ...(options && { VpcBlockPublicAccessOptions: options }),
  } as Partial<NetworkSnapshot>;
}

/** One call a subnet, since EC2 has no other way: only of subnets where prefixes are handed out. */
export async function readReservations(
  client: Client,
  reads: SnapshotReads,
  subnetIds: readonly string[],
  signal: AbortSignal,
): Promise<Partial<NetworkSnapshot>> {
  const v6: SubnetCidrReservation[] = [];
  const lists = await Promise.all(
    subnetIds.map((SubnetId) =>
      reads.all<SubnetCidrReservation>(
        'ec2:GetSubnetCidrReservations',
        SubnetId,
        (NextToken) =>
          client.send(
            new GetSubnetCidrReservationsCommand({ SubnetId, MaxResults: 1000, ...(NextToken && { NextToken }) }),
            { abortSignal: signal },
          ),
        ({ SubnetIpv4CidrReservations, SubnetIpv6CidrReservations = [] }: Reservations) => {
          v6.push(...SubnetIpv6CidrReservations);
          return SubnetIpv4CidrReservations;
        },
      ),
    ),
  );
  if (lists.includes(undefined)) return {};
  return { SubnetIpv4CidrReservations: lists.flatMap((each) => each ?? []), SubnetIpv6CidrReservations: v6 };
}

interface Reservations {
  SubnetIpv4CidrReservations?: SubnetCidrReservation[];
  SubnetIpv6CidrReservations?: SubnetCidrReservation[];
}
