import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../shared/lifecycle/launch-template.ts';

const label = (key: string) => `k8s.io/cluster-autoscaler/node-template/label/${key}`;
const taint = (key: string) => `k8s.io/cluster-autoscaler/node-template/taint/${key}`;
const long = 'a'.repeat(63);

describe('the tags of a group say of its nodes', () => {
  it('labels and taints, in the order of their keys, and nothing else', () => {
    const tags = {
      [label('pool')]: 'gpu',
      [taint('example.com/soft')]: ':PreferNoSchedule',
      [label('example.com/empty')]: '',
      [taint('dedicated')]: 'gpu:NoSchedule',
      'k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/gpu': '1',
      'k8s.io/cluster-autoscaler/enabled': 'true',
      Name: 'workers',
    };
    const otherWayRound = Object.fromEntries(Object.entries(tags).reverse());
    expect(Object.keys(readTemplate(otherWayRound).labels)).toEqual(['example.com/empty', 'pool']);
    expect(Object.keys(readTemplate(tags).labels)).toEqual(['example.com/empty', 'pool']);
    expect(readTemplate(tags)).toEqual({
      labels: { 'example.com/empty': '', pool: 'gpu' },
      taints: [
        { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
        { key: 'example.com/soft', effect: 'PreferNoSchedule' },
      ],
      problems: [],
    });
  });

  it.each([
    ['team', 'a:b:NoExecute', 'is not a value'],
    ['team', 'NoSchedule', 'a taint is written value:'],
    ['team', 'gpu:Sometimes', 'a taint is written value:'],
    ['team', '', 'a taint is written value:'],
    ['team', 'gpu:NoScheduleAtAll', 'a taint is written value:'],
    ['team', 'a\nb:NoSchedule', 'a taint is written value:'],
    ['bad key', 'x:NoSchedule', 'bad key is not a key'],
  ])('no taint %s=%s', (key, value, problem) => {
    const { taints, problems } = readTemplate({ [taint(key)]: value, [taint('good')]: 'x:NoExecute' });
    expect(taints.map((each) => each.key)).toEqual(['good']);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toContain(`tag ${taint(key)}=${value}: `);
  });

  it.each([
    ['pool', 'gpu nodes', 'not a value'],
    ['pool', '-gpu', 'not a value'],
    ['pool', `${long}a`, 'not a value'],
    ['', 'x', 'nothing is not a key'],
    ['a/b/c', 'x', 'a/b/c is not a key'],
    ['/b', 'x', '/b is not a key'],
    ['UPPER.example/b', 'x', 'is not a key'],
    [`${long}a`, 'x', 'is not a key'],
    [`${`${long}.`.repeat(4)}example.com/b`, 'x', 'is not a key'],
    ['example.com/', 'x', 'is not a key'],
    ['example.com-/b', 'x', 'is not a key'],
    [`${'a.'.repeat(126)}bb/c`, 'x', 'is not a key'],
  ])('no label %s=%s', (key, value, problem) => {
    const { labels, problems } = readTemplate({ [label(key)]: value, [label('good')]: long });
    expect(labels).toEqual({ good: long });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    'kubernetes.io/hostname',
    'kubernetes.io/arch',
    'beta.kubernetes.io/os',
    'beta.kubernetes.io/instance-type',
    'node.kubernetes.io/instance-type',
    'topology.kubernetes.io/zone',
    'failure-domain.beta.kubernetes.io/region',
    'topology.ebs.csi.aws.com/zone',
    'topology.k8s.aws/zone-id',
    'k8s.io/cloud-provider-aws',
  ])('nothing about %s, which its kubelet, the cloud or a driver writes', (key) => {
    expect(readTemplate({ [label(key)]: 'not even a value' })).toEqual({ labels: {}, taints: [], problems: [] });
  });

  it.each([
    'node-role.kubernetes.io/gpu',
    'node.kubernetes.io/exclude-from-external-load-balancers',
    'kubernetes.io/role',
    'my.kubernetes.io/os',
    'kubernetes.io/oss',
    'my.topology.kubernetes.io/zone',
    'my.topology.k8s.aws/zone',
    'my.node.kubernetes.io/instance-type',
    'node.kubernetes.io/instance-types',
    'a/b',
    'a.b/c',
    `${'a.'.repeat(126)}b/c`,
    `example.com/${long}`,
  ])('%s, which kubelets may not or do not set', (key) => {
    expect(readTemplate({ [label(key)]: 'true' }).labels).toEqual({ [key]: 'true' });
  });

  it.each([
    'eks-node-lifecycle.io/not-ready',
    'node.kubernetes.io/not-ready',
    'node.cloudprovider.kubernetes.io/uninitialized',
    'startup-taint.cluster-autoscaler.kubernetes.io/cni',
    'ignore-taint.cluster-autoscaler.kubernetes.io/gpu',
    'status-taint.cluster-autoscaler.kubernetes.io/x',
  ])('nothing about the taint %s, which somebody else keeps or takes away', (key) => {
    expect(readTemplate({ [taint(key)]: 'true:NoSchedule' })).toEqual({ labels: {}, taints: [], problems: [] });
  });

  it.each([
    'my.node.kubernetes.io/pool',
    'my.startup-taint.cluster-autoscaler.kubernetes.io/x',
    'eks-node-lifecycle.io/x',
  ])('the taint %s, which is one like any other', (key) => {
    expect(readTemplate({ [taint(key)]: 'x:NoExecute' }).taints).toEqual([{ key, value: 'x', effect: 'NoExecute' }]);
  });
});
