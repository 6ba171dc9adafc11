import { describe, expect, test } from 'vitest';
import { net27 } from '../../../../shared/audit/checks/net-27.ts';
import { aSubnet, judge } from '../network/builders.ts';
import { aNode, cni, type Nodes, types, withNodes } from '../network/node-builders.ts';

const zone = 'topology.kubernetes.io/zone';
const env = { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: zone };
const SecurityGroups = [
  { GroupId: 'sg-1', VpcId: 'vpc-1' },
  { GroupId: 'sg-2', VpcId: 'vpc-2' },
];
const Subnets = [
  aSubnet('subnet-a'),
  aSubnet('subnet-pa'),
  aSubnet('subnet-pb', { zone: 'b' }),
  aSubnet('subnet-x', { VpcId: 'vpc-2' }),
];

function config(name: string, subnet: string, ...securityGroups: string[]) {
  return { metadata: { name }, spec: { subnet, securityGroups } };
}

interface Inside {
  configs?: ReturnType<typeof config>[] | undefined;
  nodes?: ReturnType<typeof aNode>[];
  env?: Record<string, string>;
}

function found({ configs, nodes, env: own = {} }: Inside, rest: Nodes = {}) {
  const objects = {
    ...cni('v1.18.0', { ...env, ...own }),
    ...(configs && { eniconfigs: { items: configs } }),
    ...(nodes && { nodes: { items: nodes } }),
  };
  return judge(
    net27,
    withNodes({ Subnets, workersIn: ['subnet-a'], objects, SecurityGroups, InstanceTypes: types, ...rest }),
  );
}
const all = (...args: Parameters<typeof found>) => found(...args).map(({ status, matter }) => `${status} ${matter}`);
const a = 'eu-west-1a eu-west-1a';

describe('NET-27: custom networking is complete', () => {
  test.each([
    ['one of the zone', [config('eu-west-1a', 'subnet-pa', 'sg-1')], 'PASS'],
    ['one without security groups', [config('eu-west-1a', 'subnet-pa')], 'PASS'],
    ['none', [], 'FAIL'],
    ['one of another zone only', [config('eu-west-1b', 'subnet-pb')], 'FAIL'],
    ['one whose subnet is in another zone', [config('eu-west-1a', 'subnet-pb')], 'FAIL'],
    ['one whose subnet is in another VPC', [config('eu-west-1a', 'subnet-x')], 'FAIL'],
    ['one whose subnet is not there', [config('eu-west-1a', 'subnet-gone')], 'FAIL'],
    ["one with another VPC's security group", [config('eu-west-1a', 'subnet-pa', 'sg-1', 'sg-2')], 'FAIL'],
    ['one with a security group that is not there', [config('eu-west-1a', 'subnet-pa', 'sg-gone')], 'FAIL'],
  ])('an ENIConfig for the zone: %s', (_, configs, status) => expect(all({ configs })).toEqual([`${status} ${a}`]));

  test('every zone of nodes needs one', () => {
    const nodes = [aNode('n1', { [zone]: 'eu-west-1b' }), aNode('n2', { [zone]: 'eu-west-1b' })];
    expect(all({ configs: [config('eu-west-1a', 'subnet-pa')], nodes })).toEqual([
      'FAIL eu-west-1b eu-west-1b',
      `PASS ${a}`,
    ]);
  });

  const label = 'k8s.amazonaws.com/eniConfig';
  test.each([
    ['by its label', aNode('n', { [label]: 'pods', [zone]: 'eu-west-1a' }), 'PASS pods eu-west-1a'],
    [
      'by its annotation before its label',
      aNode(
        'n',
        { [label]: 'other' },
        { metadata: { name: 'n', labels: { [label]: 'other' }, annotations: { [label]: 'pods' } } },
      ),
      'PASS pods',
    ],
    ['by default', aNode('n', { [zone]: 'eu-west-1a' }), 'FAIL default eu-west-1a'],
    ['and it is in another zone', aNode('n', { [label]: 'pods', [zone]: 'eu-west-1b' }), 'FAIL pods eu-west-1b'],
  ])('a node chooses %s', (_, node, wanted) => {
    expect(all({ configs: [config('pods', 'subnet-pa')], nodes: [node], env: { ENI_CONFIG_LABEL_DEF: '' } })).toEqual([
      wanted,
    ]);
  });

  test("Fargate's nodes choose none", () => {
    const nodes = [aNode('fargate-n', { 'eks.amazonaws.com/compute-type': 'fargate', [zone]: 'eu-west-1c' })];
    expect(all({ configs: [config('eu-west-1a', 'subnet-pa')], nodes })).toEqual([`PASS ${a}`]);
  });

  test.each([
    ['20 pods', '20', {}, 'PASS'],
    ['21 pods', '21', {}, 'WARN'],
    ['29 pods, as without custom networking', '29', {}, 'WARN'],
    ['110 pods with prefixes', '110', { ENABLE_PREFIX_DELEGATION: 'true' }, 'PASS'],
    ['111 pods with prefixes', '111', { ENABLE_PREFIX_DELEGATION: 'true' }, 'WARN'],
  ])('m5.large with %s', (_, pods, own, status) => {
    const node = aNode(
      'n',
      { [zone]: 'eu-west-1a', 'node.kubernetes.io/instance-type': 'm5.large' },
      { status: { capacity: { pods } } },
    );
    expect(all({ configs: [config('eu-west-1a', 'subnet-pa')], nodes: [node], env: own })).toContain(
      `${status} max-pods m5.large`,
    );
  });

  test.each([
    ['it is off', { configs: [], env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'false' } }, {}, 'NOT_APPLICABLE'],
    ['ENIConfigs were not read', {}, {}, 'UNKNOWN'],
    [
      'names are of labels and nodes were not read',
      { configs: [], env: { ENI_CONFIG_LABEL_DEF: 'pool' } },
      {},
      'UNKNOWN',
    ],
    ['the CNI was not read', {}, { objects: {} }, 'UNKNOWN'],
    ['another CNI runs', {}, { objects: { daemonsets: { items: [] } } }, 'NOT_APPLICABLE'],
  ])('%s', (_, inside, rest, status) =>
    expect(found(inside as Inside, rest).map((each) => each.status)).toEqual([status]),
  );

  test('security groups and types that were not read are unknown', () => {
    const objects = { ...cni('v1.18.0', env), eniconfigs: { items: [config('eu-west-1a', 'subnet-pa', 'sg-1')] } };
    const judged = judge(net27, withNodes({ Subnets, workersIn: ['subnet-a'], objects }));
    expect(judged).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSecurityGroups'] }]);
    const node = aNode(
      'n',
      { [zone]: 'eu-west-1a', 'node.kubernetes.io/instance-type': 'x9' },
      { status: { capacity: { pods: '5' } } },
    );
    expect(all({ configs: [config('eu-west-1a', 'subnet-pa')], nodes: [node] })).toContain('UNKNOWN max-pods x9');
  });

  test('the remedy leaves the security groups that are right', () => {
    const [judged] = found({ configs: [config('eu-west-1a', 'subnet-pa', 'sg-1', 'sg-2')] });
    expect(judged?.remediation?.command).toBe(
      `kubectl patch eniconfig eu-west-1a --type=merge -p '{"spec":{"securityGroups":["sg-1"]}}'`,
    );
    const [only] = found({ configs: [config('eu-west-1a', 'subnet-pa', 'sg-2')] });
    expect(only?.remediation?.command).toContain('["sg-cluster"]');
  });
});
