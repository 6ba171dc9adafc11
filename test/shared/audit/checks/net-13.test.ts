import { describe, expect, test } from 'vitest';
import { net13 } from '../../../../shared/audit/checks/net-13.ts';
import { aSnapshot, contextOf, judge, verdicts } from '../network/builders.ts';
import { aCluster } from '../network/node-builders.ts';

const Clusters = [aCluster({ in: ['subnet-a'] })];

describe('NET-13: subnets of the control plane have free addresses', () => {
  test.each([
    [0, 'FAIL'],
    [5, 'FAIL'],
    [6, 'WARN'],
    [15, 'WARN'],
    [16, 'PASS'],
    [250, 'PASS'],
  ])('%d free: %s', (free, status) => {
    expect(verdicts(net13, { Clusters, subnets: { 'subnet-a': { free } } })).toEqual([status]);
  });

  test('only the subnets of the control plane are judged', () => {
    const subnets = { 'subnet-a': {}, 'subnet-b': { free: 0 } };
    expect(verdicts(net13, { Clusters, subnets })).toEqual(['PASS']);
  });

  test('a subnet that is not there is not judged', () => {
    expect(verdicts(net13, { Clusters, subnets: { 'subnet-b': {} } })).toEqual([]);
  });

  test('what was not read is unknown', () => {
    const { AvailableIpAddressCount: _, ...subnet } = aSnapshot({ subnets: { 'subnet-a': {} } }).Subnets?.[0] ?? {
      SubnetId: '',
      VpcId: '',
    };
    expect(judge(net13, { Clusters, Subnets: [subnet] })).toMatchObject([
      { status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] },
    ]);
    const { Subnets: __, ...snapshot } = aSnapshot({ Clusters });
    expect(net13.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
    expect(judge(net13, { Clusters: [{ name: 'demo' }] })).toMatchObject([
      { status: 'UNKNOWN', missing: ['eks:DescribeCluster'] },
    ]);
  });

  test('the remedy puts a roomy subnet of the same zone in its place and keeps the others', () => {
    const subnets = {
      'subnet-a': { free: 3 },
      'subnet-b': { zone: 'b' },
      'subnet-tight': { free: 15 },
      'subnet-roomy': { free: 16 },
    };
    const [judged] = judge(net13, { Clusters: [aCluster({ in: ['subnet-a', 'subnet-b'] })], subnets });
    expect(judged?.remediation?.command).toBe(
      'aws eks update-cluster-config --name demo --resources-vpc-config subnetIds=subnet-b,subnet-roomy --region eu-west-1',
    );
  });

  test('without such a subnet there is no command', () => {
    const [judged] = judge(net13, { Clusters, subnets: { 'subnet-a': { free: 3 }, 'subnet-b': { zone: 'b' } } });
    expect(judged?.remediation).toEqual({ docs: net13.docs });
  });
});
