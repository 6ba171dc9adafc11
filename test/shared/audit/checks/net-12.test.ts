import { describe, expect, test } from 'vitest';
import { net12 } from '../../../../shared/audit/checks/net-12.ts';
import { elb, judge, type SnapshotLines, type SubnetLine, verdicts } from '../network/builders.ts';

const a: SubnetLine = { zone: 'a', tags: elb, via: 'igw' };
const own = { ...a, tags: { ...elb, 'kubernetes.io/cluster/demo': 'shared' } };

describe('NET-12: a zone has one subnet for load balancers', () => {
  test.each<[string, Record<string, SubnetLine>, string[]]>([
    ['one a zone', { a, b: { ...a, zone: 'b' } }, ['PASS', 'PASS']],
    ['two in a zone', { a, b: a }, ['WARN']],
    ['a second that is too full', { a, b: { ...a, free: 7 } }, ['PASS']],
    [
      "a second that is another cluster's",
      { a, b: { ...a, tags: { ...elb, 'kubernetes.io/cluster/x': '' } } },
      ['PASS'],
    ],
    ['none', {}, []],
  ])('%s', (_, subnets, wanted) => {
    expect(verdicts(net12, { controller: 'v2.8.0', subnets })).toEqual(wanted);
  });

  test.each([
    ['the lowest id', { 'subnet-2': a, 'subnet-1': a }, 'subnet-1', 'it has the lowest id'],
    ["the cluster's own", { 'subnet-1': a, 'subnet-2': own }, 'subnet-2', 'it is tagged kubernetes.io/cluster/demo'],
    [
      "the lowest of the cluster's own",
      { 'subnet-1': own, 'subnet-2': own },
      'subnet-1',
      'it is tagged kubernetes.io/cluster/demo',
    ],
  ])('%s is printed as the one that will be chosen', (_, subnets, chosen, why) => {
    const [judged] = judge(net12, { controller: 'v2.8.0', subnets });
    expect(judged?.evidence.chosen).toBe(chosen);
    expect(judged?.text).toContain(`get ${chosen} in eu-west-1a and not`);
    expect(judged?.text).toContain(why);
  });

  test('the remedy makes the choice plain, unless it is already', () => {
    const commandFor = (subnets: Record<string, SubnetLine>) =>
      judge(net12, { controller: 'v2.8.0', subnets })[0]?.remediation?.command;
    expect(commandFor({ a, b: a })).toBe(
      'aws ec2 create-tags --resources a --tags Key=kubernetes.io/cluster/demo,Value=shared --region eu-west-1',
    );
    expect(commandFor({ a: own, b: a })).toBeUndefined();
    expect(commandFor({ a: own, b: own })).toBeUndefined();
  });

  test('the remedy shuts out no other cluster of the VPC', () => {
    const commandFor = (lines: SnapshotLines) =>
      judge(net12, { controller: 'v2.8.0', subnets: { a, b: a }, ...lines })[0]?.remediation?.command;
    const named = (name: string, vpcId = 'vpc-1') => ({ name, resourcesVpcConfig: { vpcId } });
    const clusters = ['demo', 'other', 'far'];
    const Clusters = [named('demo'), named('other'), named('far', 'vpc-2')];
    expect(commandFor({ clusters, Clusters })).toBe(
      'aws ec2 create-tags --resources a --tags Key=kubernetes.io/cluster/demo,Value=shared Key=kubernetes.io/cluster/other,Value=shared --region eu-west-1',
    );
    expect(commandFor({ clusters })).toBeUndefined();
  });

  test('without tags it depends on the controller', () => {
    expect(verdicts(net12, { subnets: { a: {} } })).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(verdicts(net12, { controller: 'v2.12.1', subnets: { a: {}, b: {} } })).toEqual(['WARN']);
  });
});
