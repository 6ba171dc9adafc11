import { describe, expect, it } from 'vitest';
import {
  type DaemonSetView,
  type NodeTerm,
  repellingTaints,
  type TolerationView,
  wantsNode,
} from '../../../shared/lifecycle/daemon-set.ts';
import { aNode, nodeName } from './builders.ts';

function aDaemonSet(view: Partial<DaemonSetView> = {}): DaemonSetView {
  return { uid: 'uid-aws-node', nodeSelector: {}, nodeTerms: undefined, tolerations: [], ...view };
}

const node = aNode({ labels: { 'kubernetes.io/os': 'linux', cpus: '8' } });
const byLabel = (operator: string, key: string, ...values: string[]): NodeTerm[] => [
  { labels: [{ key, operator, values }], names: [] },
];

describe('a DaemonSet wants a node', () => {
  it.each([
    ['that it says nothing about', {}, true],
    ['of its selector', { nodeSelector: { 'kubernetes.io/os': 'linux' } }, true],
    ['not of another', { nodeSelector: { 'kubernetes.io/os': 'linux', cpus: '4' } }, false],
    ['In', { nodeTerms: byLabel('In', 'kubernetes.io/os', 'linux', 'windows') }, true],
    ['not In', { nodeTerms: byLabel('In', 'kubernetes.io/os', 'windows') }, false],
    ['not In without the label', { nodeTerms: byLabel('In', 'zone', 'a') }, false],
    ['NotIn', { nodeTerms: byLabel('NotIn', 'kubernetes.io/os', 'windows') }, true],
    ['NotIn without the label', { nodeTerms: byLabel('NotIn', 'eks.amazonaws.com/compute-type', 'fargate') }, true],
    ['not NotIn', { nodeTerms: byLabel('NotIn', 'kubernetes.io/os', 'linux') }, false],
    ['Exists', { nodeTerms: byLabel('Exists', 'cpus') }, true],
    ['not Exists', { nodeTerms: byLabel('Exists', 'gpus') }, false],
    ['DoesNotExist', { nodeTerms: byLabel('DoesNotExist', 'gpus') }, true],
    ['not DoesNotExist', { nodeTerms: byLabel('DoesNotExist', 'cpus') }, false],
    ['Gt', { nodeTerms: byLabel('Gt', 'cpus', '7') }, true],
    ['not Gt', { nodeTerms: byLabel('Gt', 'cpus', '8') }, false],
    ['Lt', { nodeTerms: byLabel('Lt', 'cpus', '9') }, true],
    ['not Lt', { nodeTerms: byLabel('Lt', 'cpus', '8') }, false],
    ['not Lt without the label', { nodeTerms: byLabel('Lt', 'gpus', '9') }, false],
    ['not by an operator that nobody knows', { nodeTerms: byLabel('Like', 'cpus', '8') }, false],
    ['of one term of several', { nodeTerms: [...byLabel('Exists', 'gpus'), ...byLabel('Exists', 'cpus')] }, true],
    ['not of a term that says nothing', { nodeTerms: [{ labels: [], names: [] }] }, false],
    ['not without any term', { nodeTerms: [] }, false],
    [
      'by its name',
      { nodeTerms: [{ labels: [], names: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }] },
      true,
    ],
    [
      'not by the name of another',
      { nodeTerms: [{ labels: [], names: [{ key: 'metadata.name', operator: 'In', values: ['x'] }] }] },
      false,
    ],
  ])('%s', (_, view: Partial<DaemonSetView>, expected) => {
    expect(wantsNode(aDaemonSet(view), node)).toBe(expected);
  });
});

describe('a taint keeps a DaemonSet from a node', () => {
  const gpu = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
  it.each<[string, TolerationView[], string[]]>([
    ['when nothing tolerates it', [], ['dedicated:NoSchedule']],
    ['not when everything is tolerated', [{ operator: 'Exists' }], []],
    ['when nothing is said of which', [{ operator: 'Equal' }], ['dedicated:NoSchedule']],
    ['not when its key is tolerated', [{ key: 'dedicated', operator: 'Exists' }], []],
    ['not when its value is', [{ key: 'dedicated', value: 'gpu' }], []],
    ['when another value is', [{ key: 'dedicated', value: 'cpu' }], ['dedicated:NoSchedule']],
    ['when no value is', [{ key: 'dedicated' }], ['dedicated:NoSchedule']],
    ['when another key is', [{ key: 'team', operator: 'Exists' }], ['dedicated:NoSchedule']],
    ['when another effect is', [{ operator: 'Exists', effect: 'NoExecute' }], ['dedicated:NoSchedule']],
    ['not when its effect is', [{ operator: 'Exists', effect: 'NoSchedule' }], []],
  ])('%s', (_, tolerations, expected) => {
    expect(repellingTaints(aDaemonSet({ tolerations }), { taints: [gpu] })).toEqual(expected);
  });

  it('not when it only asks to stay away, or when the node controller takes it away by itself', () => {
    const taints = [
      { key: 'soft', effect: 'PreferNoSchedule' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
      { key: 'hard', effect: 'NoExecute' },
      { key: 'my.node.kubernetes.io/not-ready', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/unreachable-x', effect: 'NoSchedule' },
    ];
    expect(repellingTaints(aDaemonSet(), { taints })).toEqual([
      'hard:NoExecute',
      'my.node.kubernetes.io/not-ready:NoSchedule',
      'node.kubernetes.io/unreachable-x:NoSchedule',
    ]);
  });

  it('not when both have no value', () => {
    const tolerations = [{ key: 'hard' }];
    expect(repellingTaints(aDaemonSet({ tolerations }), { taints: [{ key: 'hard', effect: 'NoExecute' }] })).toEqual(
      [],
    );
  });
});
