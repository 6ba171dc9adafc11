import { describe, expect, test } from 'vitest';
import { net07 } from '../../../../shared/audit/checks/net-07.ts';
import { anIngress, aService, internalElb, judge, type SnapshotLines, verdicts } from '../network/builders.ts';

const a = { zone: 'a', tags: internalElb } as const;
const b = { zone: 'b', tags: internalElb } as const;

describe('NET-07: internal load balancers find subnets', () => {
  test.each<[string, SnapshotLines, string[]]>([
    ['two tagged zones', { controller: 'v2.8.0', subnets: { a, b } }, ['PASS', 'PASS']],
    [
      'tagged public ones, which discovery does not mind',
      { controller: 'v2.8.0', subnets: { a: { ...a, via: 'igw' }, b } },
      ['PASS', 'PASS'],
    ],
    ['no tag, private', { controller: 'v2.12.1', subnets: { a: {}, b: { zone: 'b' } } }, ['WARN', 'WARN']],
    [
      'no tag, one private and one public',
      { controller: 'v2.12.1', subnets: { a: {}, b: { zone: 'b', via: 'igw' } } },
      ['FAIL', 'WARN'],
    ],
    [
      'no tag, all public',
      { controller: 'v2.12.1', subnets: { a: { via: 'igw' }, b: { zone: 'b', via: 'igw' } } },
      ['FAIL', 'FAIL'],
    ],
    ['no tag before 2.12.1', { controller: 'v2.12.0', subnets: { a: {}, b: { zone: 'b' } } }, ['FAIL', 'FAIL']],
    ['no subnet at all', { controller: 'v2.8.0' }, ['FAIL', 'FAIL']],
    ['no controller', { controller: null, subnets: { a, b } }, ['NOT_APPLICABLE']],
    ['an unread cluster', { subnets: { a: {}, b: { zone: 'b' } } }, ['UNKNOWN', 'UNKNOWN']],
    [
      'a VPC without an internet gateway',
      { controller: 'v2.12.1', subnets: { a, b }, InternetGateways: [] },
      ['PASS', 'PASS'],
    ],
  ])('%s', (_, lines, wanted) => {
    expect(verdicts(net07, lines)).toEqual(wanted);
  });

  test('an unread cluster names what it would take', () => {
    expect(judge(net07, { subnets: { a: {} } })[1]?.missing).toEqual(['list deployments.apps']);
  });

  test('what asks for one is evidence', () => {
    const objects = {
      services: { items: [aService('s', {}, 'service.k8s.aws/nlb'), aService('classic')] },
      ingresses: { items: [anIngress('web')] },
    };
    const judged = judge(net07, { controller: 'v2.8.0', subnets: { a, b }, objects });
    expect(judged.map(({ matter, evidence }) => [matter, evidence.askedForBy])).toEqual([
      ['alb', ['ingress/shop/web']],
      ['nlb', ['service/shop/s']],
    ]);
  });

  test('the remedy leaves the control plane the addresses that an upgrade takes', () => {
    const Clusters = [{ name: 'demo', version: '1.34', resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['a'] } }];
    const commandFor = (free: number, lines: SnapshotLines = { Clusters }) =>
      judge(net07, { controller: 'v2.8.0', subnets: { a: { free } }, ...lines })[1]?.remediation?.command;
    expect(commandFor(13)).toBeUndefined();
    expect(commandFor(14)).toContain('--resources a ');
    expect(commandFor(8, {})).toContain('--resources a ');
  });
});
