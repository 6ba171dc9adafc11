import { describe, expect, it } from 'vitest';
import { podView } from '../../../shared/adapters/kube-pod-view.ts';
import { classifyPod } from '../../../shared/lifecycle/classify-pod.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { PodFacts } from '../../../shared/lifecycle/pod-rules.ts';
import { aManualPolicy, aPod, aPolicy, daemonSet, now, sayVerdict, seconds, someFacts } from './builders.ts';

interface Trait {
  code: string;
  view?: Partial<PodView>;
  facts?: Partial<PodFacts>;
}

/** One trait for each row, in the table's order. */
const traits: Trait[] = [
  { code: 'finished', view: { phase: 'Failed' } },
  { code: 'static-pod', view: { annotations: { 'kubernetes.io/config.mirror': 'x' } } },
  { code: 'daemonset-pod', view: { controller: daemonSet } },
  { code: 'orphaned-daemonset-pod', view: { controller: daemonSet }, facts: { daemonSetGone: true } },
  { code: 'skip-requested', view: { labels: { 'eks-node-lifecycle.io/drain': 'skip' } } },
  { code: 'wait-requested', view: { labels: { 'cluster.x-k8s.io/drain': 'wait-completed' } } },
  { code: 'stuck-terminating', view: { deletionAt: now - 61 * seconds } },
  { code: 'terminating', view: { deletionAt: now } },
  { code: 'bounce', view: { createdAt: now, toleratesUnschedulable: true } },
  { code: 'do-not-disrupt', view: { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } } },
  { code: 'unmanaged-pod', view: { controller: undefined } },
  { code: 'local-data', view: { localDataVolumes: ['scratch'] } },
  { code: 'will-stay-pending', facts: { localVolume: true } },
];

/** Two rows that no pod can match at once: both are about its controller, or about its deletionTimestamp. */
function exclude(a: Trait, b: Trait): boolean {
  return (['controller', 'deletionAt'] as const).some((key) => a.view && b.view && key in a.view && key in b.view);
}

const pairs = traits.flatMap((first, index) =>
  traits
    .slice(index + 1)
    .filter((second) => !exclude(first, second))
    .map((second) => ({ first, second, before: first.code, after: second.code })),
);

/** What a row asks of a pod is moot once it is terminating: it goes, or it is stuck. */
const givesWay = ({ before, after }: { before: string; after: string }) =>
  ['orphaned-daemonset-pod', 'wait-requested'].includes(before) && after.endsWith('terminating');

function codesOf({ first, second }: { first: Trait; second: Trait }): string[] {
  const annotations = { ...first.view?.annotations, ...second.view?.annotations };
  const labels = { ...first.view?.labels, ...second.view?.labels };
  const pod = aPod({ ...second.view, ...first.view, annotations, labels });
  const facts = someFacts({ ...second.facts, ...first.facts });
  return [aPolicy(), aManualPolicy()].map((policy) => classifyPod(pod, facts, policy, now).code);
}

describe('first match wins', () => {
  it.each(pairs.filter((pair) => !givesWay(pair)))('$before goes before $after', (pair) => {
    expect(codesOf(pair)).toEqual([pair.before, pair.before]);
  });

  it.each(pairs.filter(givesWay))('$before gives way to $after', (pair) => {
    expect(codesOf(pair)).toEqual([pair.after, pair.after]);
  });
});

describe('leave to lose one thing is no leave to lose another', () => {
  const orphan = { controller: daemonSet };
  const gone = someFacts({ daemonSetGone: true });
  const force = aManualPolicy({ force: true });
  const data = { localDataVolumes: ['scratch'] };

  it('blocks an orphaned DaemonSet pod with emptyDir in spite of force (T08)', () => {
    expect(sayVerdict(classifyPod(aPod({ ...orphan, ...data }), gone, force, now))).toBe('block local-data');
  });

  it('evicts an orphaned DaemonSet pod with emptyDir with both leaves (T08)', () => {
    const policy = aManualPolicy({ force: true, deleteEmptyDirData: true });
    const verdict = classifyPod(aPod({ ...orphan, ...data }), gone, policy, now);
    expect(sayVerdict(verdict)).toBe('evict orphaned-daemonset-pod, warned');
  });

  it('blocks a pod without controller, with emptyDir, in spite of force (T12)', () => {
    const pod = aPod({ controller: undefined, ...data });
    expect(sayVerdict(classifyPod(pod, someFacts(), force, now))).toBe('block local-data');
  });

  it('evicts both for a hook: the instance is going away (T07)', () => {
    const pod = aPod({ controller: undefined, ...data });
    expect(sayVerdict(classifyPod(pod, someFacts(), aPolicy(), now))).toBe('evict unmanaged-pod, warned');
  });

  it('goes on evicting an orphaned DaemonSet pod that a later row would leave', () => {
    const pod = aPod({ ...orphan, labels: { 'eks-node-lifecycle.io/drain': 'skip' } });
    expect(sayVerdict(classifyPod(pod, gone, force, now))).toBe('evict orphaned-daemonset-pod, warned');
    expect(sayVerdict(classifyPod({ ...pod, deletionAt: now }, gone, force, now))).toBe('wait terminating');
  });
});

describe('volumes that hold no data of the pod', () => {
  it.each([
    ['emptyDir of medium Memory (T14)', { emptyDir: { medium: 'Memory' } }, 'evict evictable'],
    ['hostPath (T15)', { hostPath: { path: '/var/log' } }, 'evict evictable'],
    ['emptyDir on disk', { emptyDir: {} }, 'block local-data'],
  ])('%s → %s', (_volume, source, said) => {
    const controller = { apiVersion: 'batch/v1', kind: 'Job', name: 'job', uid: 'uid-job', controller: true };
    const pod = podView({
      metadata: { namespace: 'default', name: 'job-1', ownerReferences: [controller] },
      spec: { containers: [], volumes: [{ name: 'data', ...source }] },
    });
    expect(sayVerdict(classifyPod(pod, someFacts(), aManualPolicy(), now))).toBe(said);
  });
});
