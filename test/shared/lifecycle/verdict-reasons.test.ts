import { describe, expect, it } from 'vitest';
import { classifyPod } from '../../../shared/lifecycle/classify-pod.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { PodFacts } from '../../../shared/lifecycle/pod-rules.ts';
import { aNode, aPod, aPolicy, daemonSet, minutes, now, seconds, someFacts } from './builders.ts';

const annotated = (key: string, value: string): Partial<PodView> => ({ annotations: { [key]: value } });
const safeToEvict = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const silent = aNode({ ready: 'Unknown', readySince: now - 5 * minutes });
const overdue = { deletionAt: now - 61 * seconds };

describe('a verdict tells a person why', () => {
  it.each<[string, Partial<PodView>, Partial<PodFacts>?]>([
    ['ReplicaSet web-5d8 replaces it elsewhere', {}],
    ['it has finished (Failed)', { phase: 'Failed' }],
    ['the kubelet runs it from a file', annotated('kubernetes.io/config.mirror', '')],
    ['DaemonSet agent would put it back', { controller: daemonSet }],
    ['its DaemonSet agent no longer exists', { controller: daemonSet }, { daemonSetGone: true }],
    ['eks-node-lifecycle.io/drain: skip', annotated('eks-node-lifecycle.io/drain', 'skip')],
    ['cluster.x-k8s.io/drain: skip', { labels: { 'cluster.x-k8s.io/drain': 'skip' } }],
    ['eks-node-lifecycle.io/drain: wait', annotated('eks-node-lifecycle.io/drain', 'wait')],
    ['cluster.x-k8s.io/drain: wait-completed', annotated('cluster.x-k8s.io/drain', 'wait-completed')],
    [`${safeToEvict}: on-completion`, annotated(safeToEvict, 'on-completion')],
    ['EC2 says that its instance is not running', { deletionAt: now }, { instanceGone: true }],
    ['its kubelet has not reported for too long', { deletionAt: now }, { node: silent }],
    ['its grace period ended more than 60 s ago', overdue],
    ['its grace period ended more than 60 s ago; finalizers a/b', { ...overdue, finalizers: ['a/b'] }],
    ['its grace period ended more than 60 s ago; finalizers a/b, c/d', { ...overdue, finalizers: ['a/b', 'c/d'] }],
    ['it is terminating', { deletionAt: now }],
    ['it was created here after the cordon and would come back', { createdAt: now, toleratesUnschedulable: true }],
    ['karpenter.sh/do-not-disrupt: 2h', annotated('karpenter.sh/do-not-disrupt', '2h')],
    [`${safeToEvict}: false`, annotated(safeToEvict, 'false')],
    ['no controller will replace it', { controller: undefined }],
    ['the data in emptyDir a, b is lost', { localDataVolumes: ['a', 'b'] }],
    ['its local volume exists on this node only, so its replacement stays Pending', {}, { localVolume: true }],
  ])('%s', (reason, view, facts) => {
    expect(classifyPod(aPod(view), someFacts(facts), aPolicy(), now).reason).toBe(reason);
  });

  it('where its DaemonSet is evicted last', () => {
    const policy = aPolicy({ daemonSets: 'evict-last' });
    const { reason } = classifyPod(aPod({ controller: daemonSet }), someFacts(), policy, now);
    expect(reason).toBe('its DaemonSet goes last, after volumes and load balancers');
  });
});
