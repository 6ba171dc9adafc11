import { describe, expect, it } from 'vitest';
import { diagnoseNode } from '../../../shared/lifecycle/launch-node-diagnosis.ts';
import type { NodeView } from '../../../shared/lifecycle/node.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import { aNode, aPod, nodeName } from './builders.ts';

describe('a Node', () => {
  const cni =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  const withNode = (
    node: Partial<NodeView>,
    ...sets: { name: string; pod?: Partial<PodView>; repelledBy?: string[] }[]
  ) =>
    diagnoseNode(aNode(node), {
      sets: sets.map(({ name, pod, repelledBy = [] }) => ({
        name,
        repelledBy,
        pod: pod && aPod({ namespace: 'kube-system', name: `${name.split('/')[1]}-x1`, ready: false, ...pod }),
      })),
    });
  const waiting = (reason: string, message?: string) => ({
    container: 'main',
    reason,
    ...(message ? { message } : {}),
  });
  const describePod = 'kubectl -n kube-system describe pod aws-node-x1';

  it('whose kubelet is silent', () => {
    const found = withNode(
      { ready: 'Unknown', readyMessage: 'Kubelet stopped posting' },
      { name: 'kube-system/aws-node' },
    );
    expect(found).toMatchObject({ code: 'kubelet-silent', fix: `kubectl describe node ${nodeName}` });
    expect(found.text).toContain('Kubelet stopped posting');
  });

  it('that is not ready, in the words of its condition', () => {
    const node = { ready: 'False', readyReason: 'KubeletNotReady', readyMessage: 'PLEG is not healthy' } as const;
    const found = withNode(node, { name: 'kube-system/aws-node', pod: {} });
    expect(found).toMatchObject({ code: 'node-not-ready', fix: `kubectl describe node ${nodeName}` });
    expect(found.text).toBe(`Node ${nodeName} is NotReady (KubeletNotReady: PLEG is not healthy)`);
  });

  it('that waits for the pod network, though it gives no more than the reason', () => {
    const found = withNode({ ready: 'False', readyMessage: 'reason:NetworkPluginNotReady' });
    expect(found.code).toBe('cni-not-initialized');
  });

  it('of which a container says a lot', () => {
    const pod = { waiting: waiting('Error', 'm'.repeat(30_000)) };
    expect(withNode({ ready: 'True' }, { name: 'kube-system/aws-node', pod }).text.length).toBeLessThan(700);
  });

  it('that is not ready and does not say why', () => {
    expect(withNode({ ready: 'False' }).code).toBe('node-not-ready');
  });

  it.each([
    ['ImagePullBackOff', describePod],
    ['CreateContainerConfigError', describePod],
    ['ErrImagePull', describePod],
    ['CrashLoopBackOff', 'kubectl -n kube-system logs aws-node-x1 -c main --previous'],
    ['Error', 'kubectl -n kube-system logs aws-node-x1 -c main --previous'],
  ])('whose CNI pod waits: %s', (reason, fix) => {
    const pod = { phase: 'Pending', waiting: waiting(reason, 'because') } as const;
    const found = withNode({ ready: 'False', readyMessage: cni }, { name: 'kube-system/aws-node', pod });
    expect(found).toMatchObject({ code: 'cni-pod-not-running', fix });
    expect(found.text).toContain(`(main: ${reason}): because while Node ${nodeName} is NotReady`);
  });

  it('whose CNI pod does not run although the node is ready', () => {
    const found = withNode({}, { name: 'kube-system/kube-proxy' }, { name: 'kube-system/cilium', pod: {} });
    expect(found).toMatchObject({ code: 'cni-pod-not-running' });
    expect(found.text).toMatch(/\(not ready\)$/);
  });

  it('whose pods of the network are named as those of the usual CNIs are, and no other', () => {
    for (const [set, code] of [
      ['kube-system/kube-flannel', 'cni-pod-not-running'],
      ['kube-flannel/kube-flannel-ds', 'cni-pod-not-running'],
      ['kube-system/aws-node-termination-handler', 'daemon-set-not-ready'],
    ] as const)
      expect(withNode({}, { name: 'a/fine', pod: { ready: true } }, { name: set, pod: {} }).code).toBe(code);
  });

  it('whose CNI pod never came', () => {
    const found = withNode(
      { ready: 'False', readyMessage: cni },
      { name: 'kube-system/aws-node', repelledBy: ['a:NoSchedule'] },
    );
    expect(found).toMatchObject({ code: 'cni-pod-missing', fix: 'kubectl -n kube-system describe daemonset aws-node' });
    expect(found.text).toContain('kept away by a:NoSchedule');
  });

  it('whose CNI is none of those that are required', () => {
    const found = withNode(
      { ready: 'False', readyMessage: cni },
      { name: 'kube-system/kube-proxy', pod: { ready: true } },
    );
    expect(found).toMatchObject({
      code: 'cni-not-initialized',
      text: expect.stringContaining('no DaemonSet that we know'),
    });
    expect(found.fix).toBe(`kubectl get pods --all-namespaces -o wide --field-selector spec.nodeName=${nodeName}`);
  });

  it('without another required pod', () => {
    expect(withNode({}, { name: 'kube-system/kube-proxy', pod: {} })).toEqual({
      code: 'daemon-set-not-ready',
      text: 'pod kube-system/kube-proxy-x1 of kube-system/kube-proxy is not ready (not ready)',
      fix: 'kubectl -n kube-system describe pod kube-proxy-x1',
    });
    expect(withNode({}, { name: 'ops/agent' })).toEqual({
      code: 'daemon-set-missing',
      text: 'ops/agent has no pod on it',
      fix: 'kubectl -n ops describe daemonset agent',
    });
  });

  it('without another required pod, while that of the network runs', () => {
    const network = { name: 'kube-system/aws-node', pod: { ready: true } };
    const found = withNode({}, network, { name: 'kube-system/kube-proxy', pod: {} });
    expect(found).toMatchObject({ code: 'daemon-set-not-ready', text: expect.stringContaining('kube-proxy-x1') });
  });

  it('that nothing is wrong with is told so', () => {
    expect(withNode({})).toEqual({
      code: 'ready-meanwhile',
      text: `Node ${nodeName} is ready, but was not in time`,
    });
  });
});
