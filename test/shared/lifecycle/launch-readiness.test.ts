import { describe, expect, it } from 'vitest';
import type { DaemonSetView } from '../../../shared/lifecycle/daemon-set.ts';
import { sayPod, sayReady, setsOnNode, whatIsMissing } from '../../../shared/lifecycle/launch-readiness.ts';
import { aNode, aPod, daemonSet, nodeName, now } from './builders.ts';

const view: DaemonSetView = { uid: daemonSet.uid, nodeSelector: {}, nodeTerms: undefined, tolerations: [] };
const required = [{ name: 'kube-system/agent', view }];
const agent = (rest: object = {}) =>
  aPod({ namespace: 'kube-system', name: 'agent-1', controller: daemonSet, ...rest });
const none = { taints: [] };

describe('required DaemonSets on a node', () => {
  it('are those that want it', () => {
    const elsewhere = { name: 'kube-system/gpu', view: { ...view, nodeSelector: { gpu: 'true' } } };
    expect(setsOnNode(aNode(), [], [...required, elsewhere], none)).toEqual([
      { name: 'kube-system/agent', pod: undefined, repelledBy: [] },
    ]);
  });

  it('are not those that the taints of the group keep away for good', () => {
    const taints = [{ key: 'dedicated', effect: 'NoSchedule' }];
    expect(setsOnNode(aNode({ taints }), [], required, { taints })).toEqual([]);
    expect(setsOnNode(aNode({ taints }), [], required, none)[0]?.repelledBy).toEqual(['dedicated:NoSchedule']);
  });

  it.each([
    ['its own', [aPod({ controller: undefined }), aPod(), agent()], 'agent-1'],
    ['none of the same name by another', [agent({ controller: { ...daemonSet, uid: 'other' } })], undefined],
    ['none that is about to go', [agent({ deletionAt: now })], undefined],
    [
      'the youngest',
      [agent({ ready: false, createdAt: 1 }), agent({ name: 'agent-2', ready: false, createdAt: 2 })],
      'agent-2',
    ],
    [
      'rather one that is Ready',
      [agent({ ready: false, createdAt: 2, name: 'agent-2' }), agent({ createdAt: 1 })],
      'agent-1',
    ],
  ])('have as their pod %s', (_, pods, name) => {
    expect(setsOnNode(aNode(), pods, required, none)[0]?.pod?.name).toBe(name);
  });
});

describe('what is missing', () => {
  it('is cut where somebody says a lot: it is carried from tick to tick', () => {
    const said = whatIsMissing(aNode({ ready: 'False', readyMessage: 'm'.repeat(30_000) }), []);
    expect(said).toMatch(/^Node \S+ is NotReady \(m+…\)$/);
    expect(said?.length).toBeLessThan(600);
    const whole = 'm'.repeat(500);
    expect(sayReady(aNode({ ready: 'False', readyMessage: whole }))).toBe(`NotReady (${whole})`);
  });

  const sets = (rest?: object) => [{ name: 'kube-system/agent', pod: rest && agent(rest), repelledBy: [] as string[] }];
  it.each([
    ['nothing', aNode(), sets({}), undefined],
    ['the node', aNode({ ready: 'False' }), sets({}), `Node ${nodeName} is NotReady`],
    [
      'the pod, too',
      aNode({ ready: 'Unknown', readyReason: 'NodeStatusUnknown' }),
      sets(),
      `Node ${nodeName} is Ready=Unknown (NodeStatusUnknown); kube-system/agent has no pod on it`,
    ],
    [
      'only the pod',
      aNode(),
      sets({ ready: false }),
      'pod kube-system/agent-1 of kube-system/agent is not ready (not ready)',
    ],
  ])('is %s', (_, node, on, expected) => {
    expect(whatIsMissing(node, on)).toBe(expected);
  });

  it('is told with what a container waits for, the phase, or the taint that is in the way', () => {
    const [set] = sets({ ready: false, waiting: { container: 'main', reason: 'ImagePullBackOff' } });
    expect(set && sayPod(set)).toBe(
      'pod kube-system/agent-1 of kube-system/agent is not ready (main: ImagePullBackOff)',
    );
    const [pending] = sets({ ready: false, phase: 'Pending' });
    expect(pending && sayPod(pending)).toContain('(Pending)');
    expect(sayPod({ name: 'a/b', pod: undefined, repelledBy: ['x:NoSchedule', 'y:NoExecute'] })).toBe(
      'a/b has no pod on it, kept away by x:NoSchedule, y:NoExecute',
    );
  });

  it("is told with the condition's own words", () => {
    const node = aNode({ ready: 'False', readyReason: 'KubeletNotReady', readyMessage: 'cni plugin not initialized' });
    expect(sayReady(node)).toBe('NotReady (KubeletNotReady: cni plugin not initialized)');
    expect(sayReady(aNode())).toBe('Ready');
  });
});
