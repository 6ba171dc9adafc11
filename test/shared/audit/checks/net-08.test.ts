import { describe, expect, test } from 'vitest';
import { net08 } from '../../../../shared/audit/checks/net-08.ts';
import { elb, internalElb, judge, type SnapshotLines, verdicts } from '../network/builders.ts';

const tagged = (...keys: string[]) => ({ ...elb, ...Object.fromEntries(keys.map((key) => [key, 'shared'])) });
const off = ['--feature-gates=SubnetsClusterTagCheck=false'];

describe("NET-08: other clusters' tags exclude no subnet", () => {
  test.each<[string, Record<string, string>, SnapshotLines, string[]]>([
    ['no cluster tag', elb, {}, ['PASS']],
    ['its own', tagged('kubernetes.io/cluster/demo'), {}, ['PASS']],
    ["its own beside another's", tagged('kubernetes.io/cluster/demo', 'kubernetes.io/cluster/other'), {}, ['PASS']],
    ["another's", tagged('kubernetes.io/cluster/other'), {}, ['FAIL']],
    ['a longer name', tagged('kubernetes.io/cluster/demo-2'), {}, ['FAIL']],
    ['a key that only begins so', tagged('kubernetes.io/cluster-demo'), {}, ['FAIL']],
    ['a near miss of its own', tagged('kubernetes.io/cluster/Demo'), {}, ['FAIL']],
    ['for internal ones', { ...internalElb, 'kubernetes.io/cluster/other': '' }, {}, ['FAIL']],
    ['no role', { 'kubernetes.io/cluster/other': 'owned' }, {}, []],
    ['a role that nothing finds', { 'kubernetes.io/role/elb': 'no', 'kubernetes.io/cluster/other': 'owned' }, {}, []],
    [
      "another's, and the check is off",
      tagged('kubernetes.io/cluster/other'),
      { controller: 'v2.4.2', flags: off },
      ['WARN info'],
    ],
    [
      'the same in a version without the gate',
      tagged('kubernetes.io/cluster/other'),
      { controller: 'v2.4.1', flags: off },
      ['FAIL'],
    ],
    [
      'the same in a version that is not known',
      tagged('kubernetes.io/cluster/other'),
      { controller: 'main', flags: off },
      ['WARN info'],
    ],
  ])('%s', (_, tags, lines, wanted) => {
    expect(verdicts(net08, { subnets: { 'subnet-a': { tags } }, ...lines })).toEqual(wanted);
  });

  test('the remedy shares the subnet', () => {
    const [judged] = judge(net08, { subnets: { 'subnet-a': { tags: tagged('kubernetes.io/cluster/other') } } });
    expect(judged?.remediation?.command).toBe(
      'aws ec2 create-tags --resources subnet-a --tags Key=kubernetes.io/cluster/demo,Value=shared --region eu-west-1',
    );
  });
});
