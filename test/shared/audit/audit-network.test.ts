import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { auditNetwork } from '../../../shared/audit/audit-network.ts';
import { net01 } from '../../../shared/audit/checks/net-01.ts';
import type { NetworkCheck } from '../../../shared/audit/network/check.ts';
import { networkChecks } from '../../../shared/audit/network-checks.ts';
import { aSnapshot, elb, internalElb } from './network/builders.ts';

const hashing = { sha256: (text: string) => createHash('sha256').update(text).digest('hex') };
const check = (id: string, judge: NetworkCheck['judge']): NetworkCheck => ({
  id,
  severity: 'high',
  title: id,
  docs: 'https://x',
  judge,
});
const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/demo';

describe('the network audit', () => {
  test('a check that throws is unknown and the others go on', () => {
    const { results } = auditNetwork(aSnapshot(), hashing, [
      check('NET-98', () => {
        throw new Error('no such thing');
      }),
      check('NET-99', () => [{ status: 'PASS', resource: arn, text: 'well', evidence: {} }]),
    ]);
    expect(results).toMatchObject([
      {
        id: 'NET-98',
        status: 'UNKNOWN',
        severity: 'high',
        cluster: 'demo',
        resource: arn,
        reason: expect.stringContaining('no such thing'),
      },
      { id: 'NET-99', status: 'PASS' },
    ]);
  });

  test('a check that has nothing to judge is not applicable, never a pass', () => {
    expect(auditNetwork(aSnapshot(), hashing, [check('NET-99', () => [])]).results).toMatchObject([
      { status: 'NOT_APPLICABLE', resource: arn },
    ]);
  });

  test('every cluster is judged by every check', () => {
    const clusters = ['one', 'two'].map((name) => ({ name, resourcesVpcConfig: { vpcId: `vpc-${name}` } }));
    const { results } = auditNetwork(aSnapshot({ Clusters: clusters }), hashing);
    const pairs = new Set(results.map(({ id, cluster }) => `${id} ${cluster}`));
    expect(pairs.size).toBe(networkChecks.length * 2);
  });

  test('a cluster sees its own VPC only', () => {
    const other = { name: 'other', resourcesVpcConfig: { vpcId: 'vpc-2' } };
    const snapshot = aSnapshot({ subnets: { a: { tags: elb }, b: { tags: internalElb } }, Clusters: [other] });
    const { results } = auditNetwork(snapshot, hashing);
    expect(results.filter(({ resource }) => resource.includes('subnet/'))).toEqual([]);
  });

  test('a snapshot of nothing passes nothing', () => {
    const { version, account, region, partition, takenAt, Clusters } = aSnapshot();
    const { results } = auditNetwork({ version, account, region, partition, takenAt, Clusters }, hashing);
    expect(results.length).toBeGreaterThan(0);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['UNKNOWN']));
  });

  test('a cluster whose VPC is not known is unknown, not without subnets', () => {
    const { results } = auditNetwork(aSnapshot({ subnets: { a: {} }, Clusters: [{ name: 'demo' }] }), hashing, [net01]);
    expect(results.map(({ status }) => status)).toEqual(['UNKNOWN']);
  });

  test('what is missing is named once, with why', () => {
    const { RouteTables: _, ...snapshot } = aSnapshot({ subnets: { a: { tags: elb }, b: {} } });
    const message = 'not authorized';
    const denied = ['vpc-1', 'vpc-2'].map((about) => ({ action: 'ec2:DescribeRouteTables', about, message }));
    const ofBalancers = networkChecks.filter(({ id }) => id <= 'NET-12');
    expect(auditNetwork({ ...snapshot, denied }, hashing, ofBalancers).denied).toEqual([
      { action: 'ec2:DescribeRouteTables', about: 'vpc-1, vpc-2', message },
      { action: 'list deployments.apps', about: 'eu-west-1', message: 'not in the snapshot' },
    ]);
  });

  test('fingerprints tell results apart and do not depend on amounts', () => {
    const audit = (free: number) =>
      auditNetwork(aSnapshot({ subnets: { a: { tags: elb, free }, b: { tags: elb, free } } }), hashing).results;
    const prints = audit(9).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(audit(10).map(({ fingerprint }) => fingerprint)).toEqual(prints);
  });
});
