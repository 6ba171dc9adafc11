import { describe, expect, test } from 'vitest';
import { net26 } from '../../../../shared/audit/checks/net-26.ts';
import { judge, type SubnetLine } from '../network/builders.ts';
import { cni, type Nodes, withNodes } from '../network/node-builders.ts';

const role = 'kubernetes.io/role/cni';
const scope = (name: string) => `cni.networking.k8s.aws/cluster/${name}`;
const second = (tags: Record<string, string>): SubnetLine => ({ tags });

/** Nodes are in subnet-a. */
function all(subnets: Record<string, SubnetLine>, rest: Nodes = {}): string[] {
  const judged = judge(net26, withNodes({ subnets, workersIn: ['subnet-a'], objects: cni('v1.18.0'), ...rest }));
  return judged.map(({ status, resource }) => `${status} ${resource.split('/')[1]}`);
}

describe("NET-26: the CNI's subnet tags do what they say", () => {
  test.each<[string, Record<string, SubnetLine>, string[]]>([
    ['no tags', { 'subnet-a': {}, 'subnet-b': {} }, ['PASS subnet-a']],
    ['nodes where pods are excluded, and no other', { 'subnet-a': second({ [role]: '0' }) }, ['FAIL subnet-a']],
    [
      'nodes where pods are excluded, and another',
      { 'subnet-a': second({ [role]: '0' }), 'subnet-b': second({ [role]: '1' }) },
      ['PASS subnet-a', 'PASS subnet-b'],
    ],
    [
      'the other is in another zone',
      { 'subnet-a': second({ [role]: '0' }), 'subnet-b': { zone: 'b', ...second({ [role]: '1' }) } },
      ['FAIL subnet-a', 'PASS subnet-b'],
    ],
    [
      'the other is excluded as well',
      { 'subnet-a': second({ [role]: '0' }), 'subnet-b': second({ [role]: '0' }) },
      ['FAIL subnet-a', 'PASS subnet-b'],
    ],
    [
      'the other is for another cluster',
      { 'subnet-a': second({ [role]: '0' }), 'subnet-b': second({ [role]: '1', [scope('prod')]: '1' }) },
      ['FAIL subnet-a', 'PASS subnet-b'],
    ],
    [
      'the other is for this cluster',
      { 'subnet-a': second({ [role]: '0' }), 'subnet-b': second({ [role]: '1', [scope('demo')]: '1' }) },
      ['PASS subnet-a', 'PASS subnet-b'],
    ],
    [
      'a scope without a role',
      { 'subnet-a': {}, 'subnet-b': second({ [scope('demo')]: '1' }) },
      ['PASS subnet-a', 'WARN subnet-b'],
    ],
    [
      "another cluster's Kubernetes tag is no scope",
      { 'subnet-a': {}, 'subnet-b': second({ [role]: '1', 'kubernetes.io/cluster/prod': 'shared' }) },
      ['PASS subnet-a', 'WARN subnet-b'],
    ],
    [
      "the cluster's own is none either, and does no harm",
      { 'subnet-a': {}, 'subnet-b': second({ [role]: '1', 'kubernetes.io/cluster/demo': 'shared' }) },
      ['PASS subnet-a', 'PASS subnet-b'],
    ],
  ])('%s', (_, subnets, wanted) => expect(all(subnets)).toEqual(wanted));

  test.each([
    ['an older CNI', cni('v1.17.9'), 'older than 1.18'],
    ['discovery switched off', cni('v1.18.0', { ENABLE_SUBNET_DISCOVERY: 'false' }), 'ENABLE_SUBNET_DISCOVERY'],
    ['custom networking', cni('v1.18.0', { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true' }), 'custom networking'],
  ])('%s ignores them', (_, objects, why) => {
    const subnets = { 'subnet-a': {}, 'subnet-b': second({ [role]: '1' }) };
    const judged = judge(net26, withNodes({ subnets, workersIn: ['subnet-a'], objects }));
    expect(judged).toMatchObject([
      { status: 'NOT_APPLICABLE' },
      { status: 'WARN', text: expect.stringContaining(why) },
    ]);
  });

  test('a version that is not known makes tags unknown, and their absence no matter', () => {
    expect(all({ 'subnet-a': {}, 'subnet-b': second({ [role]: '1' }) }, { objects: cni('latest') })).toEqual([
      'NOT_APPLICABLE subnet-a',
      'UNKNOWN subnet-b',
    ]);
  });

  test('without the CNI nobody minds, and unread it is unknown', () => {
    const judged = (objects: object) =>
      judge(net26, withNodes({ subnets: { 'subnet-a': {} }, workersIn: ['subnet-a'], objects })).map(
        ({ status }) => status,
      );
    expect(judged({ daemonsets: { items: [] } })).toEqual(['NOT_APPLICABLE']);
    expect(judged({})).toEqual(['UNKNOWN']);
  });

  test.each([
    [{ 'subnet-a': second({ [role]: '0' }) }, `delete-tags --resources subnet-a --tags Key=${role}`],
    [
      { 'subnet-a': second({ [role]: '1', [scope('prod')]: '1' }) },
      `delete-tags --resources subnet-a --tags Key=${scope('prod')}`,
    ],
    [
      { 'subnet-a': {}, 'subnet-b': second({ [scope('demo')]: '1' }) },
      `create-tags --resources subnet-b --tags Key=${role},Value=1`,
    ],
    [
      { 'subnet-a': {}, 'subnet-b': second({ [role]: '1', 'kubernetes.io/cluster/prod': 'shared' }) },
      `create-tags --resources subnet-b --tags Key=${scope('prod')},Value=1`,
    ],
  ])('the remedy of %o', (subnets, command) => {
    const judged = judge(
      net26,
      withNodes({ subnets: { ...subnets }, workersIn: ['subnet-a'], objects: cni('v1.18.0') }),
    );
    expect(judged.at(-1)?.remediation?.command).toBe(`aws ec2 ${command} --region eu-west-1`);
  });
});
