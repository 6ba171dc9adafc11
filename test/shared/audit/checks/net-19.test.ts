import { describe, expect, test } from 'vitest';
import { net19 } from '../../../../shared/audit/checks/net-19.ts';
import { aSnapshot, contextOf, judge, type SnapshotLines, verdicts, vpcId } from '../network/builders.ts';

/** The NAT gateway's own subnet, in zone a. */
const pub = { zone: 'a', via: 'igw' } as const;
const through = (id: string, State = 'active') => [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: id, State }];
const nat2 = { NatGatewayId: 'nat-2', VpcId: vpcId, SubnetId: 'pub2', State: 'available' };
const nat1 = { NatGatewayId: 'nat-1', VpcId: vpcId, SubnetId: 'pub', State: 'available' };

describe('NET-19: NAT gateways are in the zones that they serve', () => {
  test.each<[string, SnapshotLines, string[]]>([
    ['in its zone', { subnets: { pub, a: {} } }, ['PASS']],
    ['in another zone', { subnets: { pub, b: { zone: 'b' } } }, ['WARN']],
    ['one for two zones', { subnets: { pub, a: {}, b: { zone: 'b' } } }, ['PASS', 'WARN', 'WARN']],
    [
      'one a zone',
      {
        subnets: { pub, pub2: { ...pub, zone: 'b' }, a: {}, b: { zone: 'b', via: through('nat-2') } },
        NatGateways: [nat1, nat2],
      },
      ['PASS', 'PASS'],
    ],
    [
      'crosswise',
      {
        subnets: { pub, pub2: { ...pub, zone: 'b' }, a: { via: through('nat-2') }, b: { zone: 'b' } },
        NatGateways: [nat1, nat2],
      },
      ['WARN', 'WARN'],
    ],
    [
      'a regional one',
      {
        subnets: { pub, a: {}, b: { zone: 'b' } },
        NatGateways: [{ NatGatewayId: 'nat-1', VpcId: vpcId, AvailabilityMode: 'regional' }],
      },
      ['PASS', 'PASS'],
    ],
    [
      'one whose subnet is out of sight',
      { subnets: { pub, a: {} }, NatGateways: [{ ...nat1, SubnetId: 'subnet-x' }] },
      ['UNKNOWN'],
    ],
    ['one that is not there', { subnets: { pub, a: {} }, NatGateways: [] }, ['UNKNOWN']],
    ['one that the route has lost: NET-20 tells', { subnets: { pub, a: { via: through('nat-1', 'blackhole') } } }, []],
    ['none', { subnets: { pub } }, []],
    ['routes out of sight', { subnets: { pub, a: { via: 'unseen' } } }, ['UNKNOWN']],
  ])('%s', (_, lines, wanted) => {
    expect(verdicts(net19, lines)).toEqual(wanted);
  });

  test('zones are compared by id, since accounts name them differently', () => {
    const subnets = { pub, a: { AvailabilityZone: 'eu-west-1c', AvailabilityZoneId: 'euw1-az1' } };
    expect(verdicts(net19, { subnets })).toEqual(['PASS']);
  });

  test('one for several zones is a finding of the gateway', () => {
    expect(judge(net19, { subnets: { pub, a: {}, b: { zone: 'b' } } }).at(-1)).toMatchObject({
      resource: 'arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-1',
      matter: 'only-one',
      evidence: { zones: ['euw1-az1', 'euw1-az2'] },
    });
  });

  test('gateways that were not read are unknown', () => {
    const { NatGateways: _, ...snapshot } = aSnapshot({ subnets: { a: {} } });
    expect(net19.judge(contextOf(snapshot))).toMatchObject([
      { status: 'UNKNOWN', missing: ['ec2:DescribeNatGateways'] },
    ]);
  });
});
