import { describe, expect, test } from 'vitest';
import { net03 } from '../../../../shared/audit/checks/net-03.ts';
import { elb, internalElb, judge, type SubnetLine, verdicts } from '../network/builders.ts';

const dead = [{ DestinationCidrBlock: '203.0.113.0/24', GatewayId: 'igw-1', State: 'blackhole' }];

describe('NET-03: a subnet for internal load balancers is private', () => {
  test.each<[string, Record<string, SubnetLine>, string[]]>([
    ['private', { a: { tags: internalElb } }, ['PASS']],
    ['public', { a: { tags: internalElb, via: 'igw' } }, ['WARN']],
    ['public by any route in any state, as the controller sees it', { a: { tags: internalElb, via: dead } }, ['WARN']],
    ['unseen', { a: { tags: internalElb, via: 'unseen' } }, ['UNKNOWN']],
    ['not tagged', { a: { via: 'igw' } }, []],
    [
      'tagged with a value that nothing finds',
      { a: { via: 'igw', tags: { 'kubernetes.io/role/internal-elb': 'yes' } } },
      [],
    ],
    [
      'public, and the public ones are, too',
      { a: { tags: internalElb, via: 'igw' }, b: { tags: elb, via: 'igw' } },
      ['WARN'],
    ],
    ['public, and the public ones private', { a: { tags: internalElb, via: 'igw' }, b: { tags: elb } }, ['WARN high']],
    [
      'public, and the public ones unseen',
      { a: { tags: internalElb, via: 'igw' }, b: { tags: elb, via: 'unseen' } },
      ['WARN'],
    ],
  ])('%s', (_, subnets, wanted) => {
    expect(verdicts(net03, { subnets })).toEqual(wanted);
  });

  test('the hint of swapped tags names the other subnet', () => {
    const subnets = { 'subnet-a': { tags: internalElb, via: 'igw' }, 'subnet-b': { tags: elb } } as const;
    expect(judge(net03, { subnets })).toMatchObject([
      {
        text: expect.stringContaining('subnet-b is private and tagged kubernetes.io/role/elb'),
        remediation: { command: expect.stringContaining('delete-tags --resources subnet-a') },
      },
    ]);
  });
});
