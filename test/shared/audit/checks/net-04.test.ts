import { describe, expect, test } from 'vitest';
import { net04 } from '../../../../shared/audit/checks/net-04.ts';
import { elb, internalElb, judge, verdicts } from '../network/builders.ts';

const both = { ...elb, ...internalElb };

describe('NET-04: a subnet has one load balancer role', () => {
  test.each([
    ['both', both, ['WARN']],
    [
      'both, with values that nothing finds',
      { 'kubernetes.io/role/elb': 'no', 'kubernetes.io/role/internal-elb': '' },
      ['WARN'],
    ],
    ['one', elb, ['PASS']],
    ['none', {}, []],
  ])('%s', (_, tags, wanted) => {
    expect(verdicts(net04, { subnets: { 'subnet-a': { tags } } })).toEqual(wanted);
  });

  test.each([
    ['nat', 'kubernetes.io/role/elb'],
    ['igw', 'kubernetes.io/role/internal-elb'],
  ] as const)('by way of %s, the remedy takes %s away', (via, key) => {
    const [judged] = judge(net04, { subnets: { 'subnet-a': { tags: both, via } } });
    expect(judged?.remediation?.command).toBe(
      `aws ec2 delete-tags --resources subnet-a --tags Key=${key} --region eu-west-1`,
    );
  });

  test('without routes there is no saying which is wrong', () => {
    const [judged] = judge(net04, { subnets: { 'subnet-a': { tags: both, via: 'unseen' } } });
    expect(judged?.status).toBe('WARN');
    expect(judged?.remediation).not.toHaveProperty('command');
  });
});
