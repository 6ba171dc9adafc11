import { describe, expect, test } from 'vitest';
import type { NatGateway, Route } from '../../../../../shared/audit/network/ec2-shapes.ts';
import { admits } from '../../../../../shared/audit/network/simulate/group-admits.ts';
import { wayOut } from '../../../../../shared/audit/network/simulate/way-out.ts';
import { aSubnet, aTable, via } from '../builders.ts';

const to = (target: Partial<Route>, State = 'active'): Route[] => [
  { DestinationCidrBlock: '0.0.0.0/0', State, ...target },
];
const nat = (rest: Partial<NatGateway> = {}): NatGateway => ({
  ...{ NatGatewayId: 'nat-1', SubnetId: 'subnet-nat', State: 'available', ConnectivityType: 'public' },
  ...rest,
});
const place = [aSubnet('subnet-nat')];

function kind(
  routes: readonly Route[],
  gateways: NatGateway[] | undefined = [nat()],
  onward: readonly Route[] | 'unseen' = via.igw,
) {
  const tableOf = () => (onward === 'unseen' ? undefined : aTable('rtb-nat', onward));
  return wayOut(aTable('rtb-1', routes), { natGateways: gateways, subnets: place, tableOf }).kind;
}

describe('the way out of a subnet', () => {
  test.each<[string, Route[], string]>([
    ['no default route', [], 'none'],
    ['an internet gateway', via.igw, 'public'],
    ['one that is gone', to({ GatewayId: 'igw-1' }, 'blackhole'), 'broken'],
    ['a NAT gateway', via.nat, 'internet'],
    ['a transit gateway', via.tgw, 'verify'],
    ['a virtual private gateway', to({ GatewayId: 'vgw-1' }), 'verify'],
    ['a core network', to({ CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' }), 'verify'],
    ['a network interface', to({ NetworkInterfaceId: 'eni-1' }), 'verify'],
    ['a peering connection', to({ VpcPeeringConnectionId: 'pcx-1' }), 'verify'],
    [
      'an egress-only gateway, for IPv6 only',
      [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
      'none',
    ],
    [
      'one half by NAT and one by a transit gateway',
      [
        { DestinationCidrBlock: '0.0.0.0/1', NatGatewayId: 'nat-1' },
        { DestinationCidrBlock: '128.0.0.0/1', TransitGatewayId: 'tgw-1' },
      ],
      'verify',
    ],
  ])('%s', (_, routes, wanted) => expect(kind(routes)).toBe(wanted));

  test.each<[string, NatGateway[] | undefined, Route[] | 'unseen', string]>([
    ['is pending', [nat({ State: 'pending' })], via.igw, 'broken'],
    ['has failed', [nat({ State: 'failed' })], via.igw, 'broken'],
    ['is deleted', [nat({ State: 'deleted' })], via.igw, 'broken'],
    ['is in a subnet without an internet gateway', [nat()], via.tgw, 'broken'],
    ['is in a subnet without any way out', [nat()], [], 'broken'],
    ['is private and leads on', [nat({ ConnectivityType: 'private' })], via.tgw, 'verify'],
    ['is private and leads nowhere', [nat({ ConnectivityType: 'private' })], [], 'none'],
    ['is private beside an internet gateway', [nat({ ConnectivityType: 'private' })], via.igw, 'none'],
    ['is in a subnet whose routes are not to be seen', [nat()], 'unseen', 'unknown'],
    ['is not among those that were read', [], via.igw, 'unknown'],
    [
      'is regional',
      [{ NatGatewayId: 'nat-1', State: 'available', AvailabilityMode: 'regional' }],
      'unseen',
      'internet',
    ],
  ])('a NAT gateway that %s', (_, gateways, onward, wanted) => expect(kind(via.nat, gateways, onward)).toBe(wanted));

  test('NAT gateways that were not read are named', () => {
    const view = { natGateways: undefined, subnets: place, tableOf: () => undefined };
    expect(wayOut(aTable('rtb-1', via.nat), view)).toMatchObject({
      kind: 'unknown',
      missing: 'ec2:DescribeNatGateways',
    });
  });
});

describe('what security groups let in', () => {
  const caller = { cidr: '10.0.1.0/24', securityGroups: ['sg-nodes'] };
  const tcp = (FromPort: number, ToPort: number) => ({ IpProtocol: 'tcp', FromPort, ToPort });
  test.each([
    ['nothing', {}, false],
    ['all from the VPC', { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/16' }] }, true],
    ['the port from the VPC', { ...tcp(443, 443), IpRanges: [{ CidrIp: '10.0.0.0/16' }] }, true],
    ['another port', { ...tcp(444, 500), IpRanges: [{ CidrIp: '10.0.0.0/16' }] }, false],
    ['half of the subnet', { ...tcp(443, 443), IpRanges: [{ CidrIp: '10.0.1.0/25' }] }, false],
    ["the nodes' group", { ...tcp(0, 65535), UserIdGroupPairs: [{ GroupId: 'sg-nodes' }] }, true],
    ['another group', { ...tcp(443, 443), UserIdGroupPairs: [{ GroupId: 'sg-other' }] }, false],
    ['UDP', { IpProtocol: 'udp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, false],
    ['a prefix list', { ...tcp(443, 443), PrefixListIds: [{ PrefixListId: 'pl-1' }] }, 'unknown'],
  ])('%s', (_, rule, wanted) => {
    expect(admits([{ GroupId: 'sg-1', IpPermissions: [rule] }], 443, caller)).toBe(wanted);
  });
});
