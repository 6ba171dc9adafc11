import { describe, expect, test } from 'vitest';
import { synthesize } from './synthesize.ts';

const everything = {
  clusters: [
    { name: 'demo', groups: [{ name: 'demo-workers' }] },
    { name: 'inner', network: 'inner', access: 'aws-auth' as const },
  ],
  networks: [{ name: 'inner', vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'] }],
  loadBalancers: 'deregister' as const,
  notices: { rebalance: 'drain' as const },
  audits: { auditLog: { enabled: true, securityHub: true } },
};

describe.each([
  ['aws', 'eu-west-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s', (partition, region) => {
  const text = JSON.stringify(synthesize(everything, { account: '123456789012', region }).toJSON());

  test('no ARN names another partition', () => {
    const named = new Set([...text.matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name));
    expect([...named].filter((name) => name !== partition)).toEqual([]);
    expect(text).toContain('AWS::Partition');
  });

  test('services are called by the names that they have there', () => {
    const principals = new Set([...text.matchAll(/"Service":"([^"]+)"/g)].map(([, name]) => name));
    expect([...principals].sort()).toEqual([
      'autoscaling.amazonaws.com',
      'events.amazonaws.com',
      'lambda.amazonaws.com',
      'scheduler.amazonaws.com',
      'sns.amazonaws.com',
      'states.amazonaws.com',
    ]);
  });
});
