import { describe, expect, test } from 'vitest';
import { net23 } from '../../../../shared/audit/checks/net-23.ts';
import { aSnapshot, contextOf, elb, judge, type SubnetLine, verdicts } from '../network/builders.ts';

const mode = (InternetGatewayBlockMode: string): SubnetLine => ({
  BlockPublicAccessStates: { InternetGatewayBlockMode },
});
const both = mode('block-bidirectional');
const inwards = mode('block-ingress');
const six = [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' }];
const facing = { via: 'igw', tags: elb } as const;

describe('NET-23: VPC Block Public Access blocks nothing that is needed', () => {
  test.each<[string, Record<string, SubnetLine>, string[]]>([
    ['off', { pub: facing }, ['PASS', 'PASS']],
    ['both ways', { pub: { ...facing, ...both } }, ['FAIL', 'FAIL']],
    ['inwards', { pub: { ...facing, ...inwards } }, ['FAIL', 'PASS']],
    ['NAT, off', { pub: { via: 'nowhere' }, a: {} }, ['PASS']],
    ['NAT, its subnet blocked both ways', { pub: { via: 'nowhere', ...both }, a: {} }, ['FAIL']],
    ['NAT, its subnet blocked inwards', { pub: { via: 'nowhere', ...inwards }, a: {} }, ['PASS']],
    ['NAT, its subnet excluded', { pub: { via: 'nowhere' }, a: both }, ['PASS']],
    ['out only over IPv6, both ways', { a: { via: six, ...both } }, ['FAIL']],
    ['out only over IPv6, inwards', { a: { via: six, ...inwards } }, ['PASS']],
    ['no way out and no role', { a: { via: 'nowhere', ...both } }, []],
    ['a transit gateway', { a: { via: 'tgw', ...both } }, []],
  ])('%s', (_, subnets, wanted) => {
    expect(verdicts(net23, { subnets })).toEqual(wanted);
  });

  test('what has no role tag counts where routes decide', () => {
    expect(verdicts(net23, { controller: 'v2.12.1', subnets: { a: { via: 'igw', ...inwards } } })).toEqual([
      'FAIL',
      'PASS',
    ]);
    expect(verdicts(net23, { controller: 'v2.12.0', subnets: { a: { via: 'igw', ...inwards } } })).toEqual(['PASS']);
  });

  test("without the subnet's mode, the region's counts when it is off", () => {
    const snapshot = aSnapshot({ subnets: { pub: facing } });
    const Subnets = (snapshot.Subnets ?? []).map(({ BlockPublicAccessStates: _, ...subnet }) => subnet);
    const statuses = (InternetGatewayBlockMode?: string) =>
      net23
        .judge(
          contextOf({
            ...snapshot,
            Subnets,
            ...(InternetGatewayBlockMode && { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode } }),
          }),
        )
        .map(({ status }) => status);
    expect(statuses()).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(statuses('off')).toEqual(['PASS', 'PASS']);
    expect(statuses('block-bidirectional')).toEqual(['UNKNOWN', 'UNKNOWN']);
  });

  test('a way through a NAT gateway that was not read is unknown, whatever the mode of the subnet itself is', () => {
    const { NatGateways: _, ...snapshot } = aSnapshot({ subnets: { pub: { via: 'nowhere' }, a: {} } });
    expect(net23.judge(contextOf(snapshot))).toMatchObject([
      { status: 'UNKNOWN', missing: ['ec2:DescribeNatGateways'] },
    ]);
    expect(verdicts(net23, { subnets: { a: {} }, NatGateways: [] })).toEqual(['UNKNOWN']);
  });

  test('a private NAT gateway is no way to the internet', () => {
    const NatGateways = [{ NatGatewayId: 'nat-1', SubnetId: 'a', State: 'available', ConnectivityType: 'private' }];
    const own = NatGateways.map((each) => ({ ...each, VpcId: 'vpc-1' }));
    expect(verdicts(net23, { subnets: { a: both }, NatGateways: own })).toEqual([]);
  });

  test("another account's subnet is not for this one to exclude", () => {
    const [judged] = judge(net23, { subnets: { pub: { ...facing, ...both, OwnerId: '999999999999' } } });
    expect(judged).toMatchObject({ status: 'FAIL', remediation: { docs: net23.docs } });
    expect(judged?.remediation?.command).toBeUndefined();
  });

  test("the remedy excludes the gateway's subnet", () => {
    const [judged] = judge(net23, { subnets: { pub: { via: 'nowhere', ...both }, a: {} } });
    expect(judged?.matter).toBe('egress nat-1');
    expect(judged?.remediation?.command).toBe(
      'aws ec2 create-vpc-block-public-access-exclusion --subnet-id pub --internet-gateway-exclusion-mode allow-egress --region eu-west-1',
    );
  });
});
