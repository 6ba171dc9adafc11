import { describe, expect, test } from 'vitest';
import { net28 } from '../../../../shared/audit/checks/net-28.ts';
import { aSnapshot, contextOf, elb, internalElb, judge, type SubnetLine } from '../network/builders.ts';

const OwnerId = '999999999999';
const one = (line: SubnetLine, rest = {}) => judge(net28, { subnets: { 'subnet-a': line }, ...rest })[0];

describe('NET-28: shared subnets are tagged in this account', () => {
  test.each<[string, SubnetLine, string]>([
    ['shared and tagged', { OwnerId, tags: elb }, 'PASS'],
    ['shared and tagged for internal ones', { OwnerId, tags: internalElb }, 'PASS'],
    ['shared and not tagged', { OwnerId }, 'WARN'],
    ['shared and tagged so that nothing finds it', { OwnerId, tags: { 'kubernetes.io/role/elb': 'yes' } }, 'WARN'],
    ['its own', {}, 'NOT_APPLICABLE'],
  ])('%s: %s', (_, line, status) => expect(one(line)?.status).toBe(status));

  test('it says what is out of sight, and never fails for it', () => {
    expect(one({ OwnerId, tags: elb })?.text).toContain('; its network ACL is out of sight, and what follows unknown');
    expect(one({ OwnerId, tags: elb, via: 'unseen' })).toMatchObject({
      status: 'PASS',
      text: expect.stringContaining('its routes and network ACL are out of sight'),
      evidence: { owner: OwnerId, outOfSight: ['routes', 'network ACL'] },
    });
    const NetworkAcls = [{ NetworkAclId: 'acl-1', Associations: [{ SubnetId: 'subnet-a' }] }];
    expect(one({ OwnerId, tags: elb }, { NetworkAcls })).toMatchObject({ evidence: { outOfSight: [] } });
  });

  test.each([
    ['igw', 'create-tags --resources subnet-a --tags Key=kubernetes.io/role/elb,Value=1'],
    ['nat', 'create-tags --resources subnet-a --tags Key=kubernetes.io/role/internal-elb,Value=1'],
  ] as const)('the remedy of one that is routed by %s is the role that suits', (via, command) => {
    expect(one({ OwnerId, via })?.remediation?.command).toBe(`aws ec2 ${command} --region eu-west-1`);
  });

  test('without its routes the role is for a person to choose', () => {
    expect(one({ OwnerId, via: 'unseen' })?.remediation).toEqual({ docs: net28.docs });
  });

  test('subnets that were not read are unknown', () => {
    const { Subnets: _, ...snapshot } = aSnapshot();
    expect(net28.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
  });
});
