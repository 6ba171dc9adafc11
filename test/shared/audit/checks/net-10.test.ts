import { describe, expect, test } from 'vitest';
import { net10 } from '../../../../shared/audit/checks/net-10.ts';
import {
  aSnapshot,
  contextOf,
  elb,
  internalElb,
  judge,
  type SnapshotLines,
  verdicts,
  vpcId,
} from '../network/builders.ts';

describe('NET-10: subnets for load balancers have free addresses', () => {
  test.each([
    [0, 'FAIL'],
    [7, 'FAIL'],
    [8, 'WARN'],
    [26, 'WARN'],
    [27, 'PASS'],
  ])('%i free is %s', (free, status) => {
    const subnets = { 'subnet-a': { tags: elb, free }, 'subnet-b': { tags: internalElb } };
    expect(verdicts(net10, { subnets })).toEqual([status, 'PASS']);
  });

  test.each<[string, SnapshotLines, string[]]>([
    ['a subnet that routes would decide on', { controller: 'v2.12.1', subnets: { a: { free: 7 } } }, ['FAIL']],
    ['one that they would not, with the fallback off', { controller: 'v2.12.0', subnets: { a: { free: 7 } } }, []],
    ['one for who knows what', { subnets: { a: { free: 7 } } }, ['UNKNOWN', 'UNKNOWN']],
    ['one of a cluster without a controller', { controller: null, subnets: { a: { free: 7 } } }, []],
    [
      'a tagged one of a cluster without a controller',
      { controller: null, subnets: { a: { free: 7, tags: elb } } },
      ['FAIL'],
    ],
  ])('%s', (_, lines, wanted) => {
    expect(verdicts(net10, lines)).toEqual(wanted);
  });

  test('a count that is not there is unknown', () => {
    const snapshot = aSnapshot({ controller: 'v2.8.0', subnets: { 'subnet-a': { tags: elb } } });
    const Subnets = snapshot.Subnets?.map(({ AvailableIpAddressCount: _, ...subnet }) => subnet) ?? [];
    expect(net10.judge(contextOf({ ...snapshot, Subnets })).map(({ status }) => status)).toEqual(['UNKNOWN']);
  });

  test('EKS Auto Mode goes by tags, so that what has none is no candidate', () => {
    const auto = {
      name: 'demo',
      resourcesVpcConfig: { vpcId },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    };
    expect(verdicts(net10, { subnets: { a: { free: 7 } }, Clusters: [auto] })).toEqual([]);
  });

  test('one address is not several', () => {
    const [judged] = judge(net10, { controller: 'v2.8.0', subnets: { 'subnet-a': { tags: elb, free: 1 } } });
    expect(judged?.text).toBe('subnet-a has 1 free address: load balancers need 8');
  });
});
