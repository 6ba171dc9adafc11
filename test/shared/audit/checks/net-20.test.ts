import { describe, expect, test } from 'vitest';
import { net20 } from '../../../../shared/audit/checks/net-20.ts';
import type { Route } from '../../../../shared/audit/network/ec2-shapes.ts';
import { aTable, judge, type SubnetLine, verdicts, via, vpcId } from '../network/builders.ts';

const dead = (DestinationCidrBlock: string, target: Partial<Route> = { NatGatewayId: 'nat-9' }): Route => ({
  DestinationCidrBlock,
  State: 'blackhole',
  ...target,
});
const half = (DestinationCidrBlock: string): Route => ({
  DestinationCidrBlock,
  NatGatewayId: 'nat-1',
  State: 'active',
});
const six: Route = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'blackhole' };

describe('NET-20: no route is a black hole', () => {
  test.each<[string, Route[], string[]]>([
    ['all alive', via.nat, ['PASS']],
    ['no route but the local one', [], ['PASS']],
    ['the default route', [dead('0.0.0.0/0')], ['FAIL']],
    ['the IPv6 default route', [...via.nat, six], ['FAIL']],
    ['both halves', [dead('0.0.0.0/1'), dead('128.0.0.0/1')], ['FAIL', 'FAIL']],
    ['one of the halves', [dead('0.0.0.0/1'), half('128.0.0.0/1')], ['FAIL']],
    ['one half without the other', [dead('0.0.0.0/1'), ...via.nat], ['WARN']],
    [
      'a default route that living halves go before',
      [half('0.0.0.0/1'), half('128.0.0.0/1'), dead('0.0.0.0/0')],
      ['WARN'],
    ],
    ['a peering that is gone', [...via.nat, dead('10.9.0.0/16', { VpcPeeringConnectionId: 'pcx-1' })], ['WARN']],
    ['both', [dead('0.0.0.0/0'), dead('10.9.0.0/16')], ['FAIL', 'WARN']],
  ])('%s', (_, routes, wanted) => {
    expect(verdicts(net20, { subnets: { a: { via: routes } } })).toEqual(wanted);
  });

  test('a table of several subnets is judged once, one of none not at all', () => {
    const RouteTables = [
      aTable('rtb-1', [dead('0.0.0.0/0')], { SubnetId: 'a' }, { SubnetId: 'b' }),
      aTable('rtb-2', [dead('0.0.0.0/0')]),
    ];
    expect(judge(net20, { subnets: { a: {}, b: {} }, RouteTables })).toMatchObject([
      {
        resource: 'arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-1',
        matter: '0.0.0.0/0',
        evidence: { subnets: ['a', 'b'] },
      },
    ]);
  });

  test.each<[string, Route, string | undefined]>([
    [
      'a NAT gateway',
      dead('0.0.0.0/0'),
      'replace-route --route-table-id rtb-a --destination-cidr-block 0.0.0.0/0 --region eu-west-1 --nat-gateway-id nat-1',
    ],
    [
      'an internet gateway',
      dead('0.0.0.0/0', { GatewayId: 'igw-9' }),
      'replace-route --route-table-id rtb-a --destination-cidr-block 0.0.0.0/0 --region eu-west-1 --gateway-id igw-1',
    ],
    ['an instance', dead('0.0.0.0/0', { InstanceId: 'i-1' }), undefined],
    [
      'a prefix',
      dead('10.9.0.0/16'),
      'delete-route --route-table-id rtb-a --destination-cidr-block 10.9.0.0/16 --region eu-west-1',
    ],
    [
      'an IPv6 prefix',
      { DestinationIpv6CidrBlock: '2001:db8::/32', State: 'blackhole' },
      'delete-route --route-table-id rtb-a --destination-ipv6-cidr-block 2001:db8::/32 --region eu-west-1',
    ],
    [
      'a prefix list',
      { DestinationPrefixListId: 'pl-1', State: 'blackhole' },
      'delete-route --route-table-id rtb-a --destination-prefix-list-id pl-1 --region eu-west-1',
    ],
  ])('the remedy for %s', (_, route, wanted) => {
    const [judged] = judge(net20, { subnets: { pub: { via: 'igw' }, a: { via: [route] } } });
    expect(judged?.remediation?.command).toBe(wanted && `aws ec2 ${wanted}`);
  });

  test('a default route is not led to a gateway that is no way out', () => {
    const gateway = { VpcId: vpcId, State: 'available' };
    const NatGateways = [
      { ...gateway, NatGatewayId: 'nat-failed', State: 'failed' },
      { ...gateway, NatGatewayId: 'nat-private', ConnectivityType: 'private' },
      { ...gateway, NatGatewayId: 'nat-2', ConnectivityType: 'public' },
    ];
    const [judged] = judge(net20, { subnets: { a: { via: [dead('0.0.0.0/0')] } }, NatGateways });
    expect(judged?.remediation?.command).toContain('--nat-gateway-id nat-2');
  });

  test('a default route is led to a gateway of its own zone, and never into a circle', () => {
    const at = (id: string) => ({ VpcId: vpcId, State: 'available', NatGatewayId: `nat-${id}`, SubnetId: id });
    const subnets: Record<string, SubnetLine> = {
      a: { via: [dead('0.0.0.0/0')] },
      far: { zone: 'b', via: 'igw' },
      near: { via: 'igw' },
    };
    const commandFor = (...ids: string[]) =>
      judge(net20, { subnets, NatGateways: ids.map(at) })[0]?.remediation?.command;
    expect(commandFor('far', 'near')).toContain('--nat-gateway-id nat-near');
    expect(commandFor('a', 'far')).toContain('--nat-gateway-id nat-far');
    expect(commandFor('a')).toBeUndefined();
  });

  test("another account's table is not for this one to change", () => {
    const table = aTable('rtb-1', [dead('10.9.0.0/16')], { SubnetId: 'a' });
    const RouteTables = [{ ...table, OwnerId: '999999999999' }];
    expect(judge(net20, { subnets: { a: {} }, RouteTables })[0]?.remediation).toEqual({ docs: net20.docs });
  });

  test('routes out of sight are unknown', () => {
    expect(verdicts(net20, { subnets: { a: { via: 'unseen' } } })).toEqual(['UNKNOWN']);
  });
});
