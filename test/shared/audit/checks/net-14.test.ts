import { describe, expect, test } from 'vitest';
import { net14 } from '../../../../shared/audit/checks/net-14.ts';
import { judge, type SubnetLine, verdicts, zones } from '../network/builders.ts';
import { aCluster, inZones, type Nodes, withNodes } from '../network/node-builders.ts';

const two = inZones({}, 'a', 'b');
const both = ['subnet-a', 'subnet-b'];
const outpost = { OutpostArn: 'arn:aws:outposts:eu-west-1:111122223333:outpost/op-1' };

function all(line: Nodes): string[] {
  return judge(net14, withNodes(line)).map(({ status, matter }) => `${status} ${matter}`);
}

describe('NET-14: subnets are where EKS can use them', () => {
  test('two zones are enough', () => {
    expect(all({ subnets: two, cluster: { in: both } })).toEqual([
      'PASS control plane',
      'PASS control plane',
      'PASS zones',
    ]);
  });

  test('two subnets of one zone are one zone', () => {
    const subnets = { 'subnet-a': {}, 'subnet-b': {}, 'subnet-c': { zone: 'c' } };
    const judged = judge(net14, withNodes({ subnets, cluster: { in: both } })).at(-1);
    expect(judged).toMatchObject({ status: 'FAIL', matter: 'zones', evidence: { zones: ['euw1-az1'] } });
    expect(judged?.remediation?.command).toContain('subnetIds=subnet-a,subnet-c');
  });

  test('zones are told apart by id, not by name', () => {
    const subnets = { 'subnet-a': {}, 'subnet-b': { zone: 'b', AvailabilityZoneId: 'euw1-az1' } };
    expect(all({ subnets, cluster: { in: both } })).toContain('FAIL zones');
  });

  test.each<[string, SubnetLine, string]>([
    ['a Local Zone', { zone: 'lax' }, 'FAIL'],
    ['a Wavelength Zone', { zone: 'wl' }, 'FAIL'],
    ['an Outpost', outpost, 'FAIL'],
    ['use1-az3', { AvailabilityZoneId: 'use1-az3' }, 'FAIL'],
    ['usw1-az2', { AvailabilityZoneId: 'usw1-az2' }, 'FAIL'],
    ['cac1-az3', { AvailabilityZoneId: 'cac1-az3' }, 'FAIL'],
    ['a zone that was not read', { AvailabilityZoneId: 'euw1-az9' }, 'UNKNOWN'],
  ])('the control plane in %s: %s', (_, line, status) => {
    const subnets = { ...two, 'subnet-c': { zone: 'c', ...line } };
    expect(all({ subnets, cluster: { in: [...both, 'subnet-c'] } })).toContain(`${status} control plane`);
  });

  test.each<[string, SubnetLine, string, string]>([
    ['an Availability Zone', {}, 'PASS', 'PASS'],
    ['a Local Zone', { zone: 'lax' }, 'PASS', 'FAIL'],
    ['a Wavelength Zone', { zone: 'wl' }, 'FAIL', 'FAIL'],
    ['an Outpost', outpost, 'FAIL', 'FAIL'],
  ])('in %s a managed node group: %s, and Fargate: %s', (_, line, workers, jobs) => {
    const subnets = { ...two, 'subnet-n': line };
    const judged = all({ subnets, cluster: { in: both }, workersIn: ['subnet-n'], jobsIn: ['subnet-n'] });
    expect(judged.slice(3)).toEqual([`${workers} nodegroup workers`, `${jobs} fargate jobs`]);
  });

  test("a self-managed group is nobody's business", () => {
    const subnets = { ...two, 'subnet-n': outpost };
    expect(all({ subnets, cluster: { in: both }, ownIn: ['subnet-n'] })).toHaveLength(3);
  });

  test('a control plane on an Outpost has rules of its own', () => {
    const cluster = { in: ['subnet-a'], outpostConfig: { outpostArns: [outpost.OutpostArn] } };
    expect(verdicts(net14, withNodes({ subnets: two, cluster }))).toEqual(['NOT_APPLICABLE']);
  });

  test('node groups that were not read are unknown', () => {
    const judged = judge(net14, { subnets: two, Clusters: [aCluster({ in: both })], AvailabilityZones: zones });
    expect(judged.filter(({ status }) => status === 'UNKNOWN').map(({ missing }) => missing)).toEqual([
      ['eks:DescribeNodegroup'],
      ['eks:DescribeFargateProfile'],
    ]);
  });
});
