import { describe, expect, test } from 'vitest';
import { net30 } from '../../../../shared/audit/checks/net-30.ts';
import { aSnapshot, contextOf, judge, verdicts } from '../network/builders.ts';
import { aGroup } from '../network/node-builders.ts';

const tagged = (...names: string[]) => ({
  'subnet-a': { tags: Object.fromEntries(names.map((name) => [`kubernetes.io/cluster/${name}`, 'shared'])) },
});

describe('NET-30: cluster tags are of clusters that exist', () => {
  test.each([
    ["the cluster's own", ['demo'], ['PASS']],
    ['one that exists', ['prod'], ['PASS']],
    ['one that does not', ['gone'], ['WARN']],
    ['a name that begins alike', ['prod-2'], ['WARN']],
    ['no name', [''], ['WARN']],
    ['two', ['demo', 'gone'], ['PASS', 'WARN']],
    ['none', [], []],
  ])('%s', (_, names, wanted) => {
    expect(verdicts(net30, { subnets: tagged(...names), clusters: ['demo', 'prod'] })).toEqual(wanted);
  });

  test('a cluster that EKS does not run counts while it has instances', () => {
    const Tags = [{ Key: 'kubernetes.io/cluster/kops', Value: 'owned' }];
    const of = (InstanceIds: string[]) => [
      aGroup([], { Tags, Instances: InstanceIds.map((InstanceId) => ({ InstanceId })) }),
    ];
    expect(verdicts(net30, { subnets: tagged('kops'), AutoScalingGroups: of(['i-1']) })).toEqual(['PASS']);
    expect(verdicts(net30, { subnets: tagged('kops'), AutoScalingGroups: of([]) })).toEqual(['WARN']);
  });

  test('without the list of clusters only the own one is known', () => {
    const { clusters: _, ...snapshot } = aSnapshot({ subnets: tagged('demo', 'prod') });
    expect(net30.judge(contextOf(snapshot))).toMatchObject([
      { status: 'PASS' },
      { status: 'UNKNOWN', missing: ['eks:ListClusters'], matter: 'kubernetes.io/cluster/prod' },
    ]);
  });

  test('the remedy takes just that tag away', () => {
    expect(judge(net30, { subnets: tagged('gone') })[0]?.remediation?.command).toBe(
      'aws ec2 delete-tags --resources subnet-a --tags Key=kubernetes.io/cluster/gone --region eu-west-1',
    );
  });
});
