import { describe, expect, test } from 'vitest';
import { net01 } from '../../../../shared/audit/checks/net-01.ts';
import { account, aSnapshot, aTable, contextOf, judge, subnetArn, verdicts, via } from '../network/builders.ts';

const edge = { GatewayId: 'igw-1' };
const gone = { SubnetId: 'subnet-a', AssociationState: { State: 'disassociated' } };

describe('NET-01: every subnet has a route table of its own', () => {
  test.each([
    ['a table of its own', { via: 'nat' }, ['PASS']],
    ['the main table only', { via: 'main' }, ['WARN']],
    ['no table', { via: 'unseen' }, ['UNKNOWN']],
  ] as const)('%s', (_, line, wanted) => {
    expect(verdicts(net01, { subnets: { 'subnet-a': line } })).toEqual(wanted);
  });

  test.each([
    ['an association that is coming', { SubnetId: 'subnet-a', AssociationState: { State: 'associating' } }, 'PASS'],
    ['an association that has no state', { SubnetId: 'subnet-a' }, 'PASS'],
    ['an association that is gone', gone, 'UNKNOWN'],
    ['an association that failed', { SubnetId: 'subnet-a', AssociationState: { State: 'failed' } }, 'UNKNOWN'],
    ['an edge association', { ...edge, Main: true }, 'UNKNOWN'],
    ['the main table', { Main: true }, 'WARN'],
  ])('%s counts as %s', (_, association, status) => {
    const RouteTables = [aTable('rtb-1', via.igw, association)];
    expect(verdicts(net01, { subnets: { 'subnet-a': { via: 'unseen' } }, RouteTables })).toEqual([status]);
  });

  test("another VPC's main table is nobody's here", () => {
    const RouteTables = [{ ...aTable('rtb-1', via.igw, { Main: true }), VpcId: 'vpc-2' }];
    expect(verdicts(net01, { subnets: { 'subnet-a': {} }, RouteTables })).toEqual(['UNKNOWN']);
  });

  test('a shared subnet without a table that is to be seen is unknown and names the owner', () => {
    const [judged] = judge(net01, { subnets: { 'subnet-a': { via: 'unseen', OwnerId: '999999999999' } } });
    expect(judged).toMatchObject({ status: 'UNKNOWN', text: expect.stringContaining('account 999999999999 shares') });
  });

  test('a refused read is unknown and named', () => {
    const { RouteTables: _, ...snapshot } = aSnapshot({
      subnets: { 'subnet-a': {} },
      denied: [{ action: 'ec2:DescribeRouteTables', about: 'vpc-1', message: 'AccessDenied' }],
    });
    expect(net01.judge(contextOf(snapshot))).toMatchObject([
      { status: 'UNKNOWN', text: 'ec2:DescribeRouteTables was refused', missing: ['ec2:DescribeRouteTables'] },
    ]);
  });

  test('subnets that were not read are unknown for the cluster', () => {
    const { Subnets: _, ...snapshot } = aSnapshot();
    expect(net01.judge(contextOf(snapshot))).toMatchObject([
      {
        status: 'UNKNOWN',
        resource: `arn:aws:eks:eu-west-1:${account}:cluster/demo`,
        missing: ['ec2:DescribeSubnets'],
      },
    ]);
  });

  test('the remedy makes the association that is only implied', () => {
    const [judged] = judge(net01, { subnets: { 'subnet-a': { via: 'main' } } });
    expect(judged?.resource).toBe(subnetArn('subnet-a'));
    expect(judged?.remediation?.command).toBe(
      'aws ec2 associate-route-table --route-table-id rtb-main --subnet-id subnet-a --region eu-west-1',
    );
  });

  test('a route table of another account is not for this one to associate', () => {
    const [judged] = judge(net01, { subnets: { 'subnet-a': { via: 'main', OwnerId: '999999999999' } } });
    expect(judged).toMatchObject({ status: 'WARN', remediation: { docs: net01.docs } });
    expect(judged?.remediation?.command).toBeUndefined();
  });
});
