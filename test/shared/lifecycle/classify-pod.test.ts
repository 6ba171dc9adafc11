import { describe, expect, it } from 'vitest';
import { classifyPod } from '../../../shared/lifecycle/classify-pod.ts';
import type { OwnerView, PodView } from '../../../shared/lifecycle/pod.ts';
import type { PodFacts } from '../../../shared/lifecycle/pod-rules.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import {
  aManualPolicy,
  aNode,
  aPod,
  aPolicy,
  daemonSet,
  minutes,
  now,
  sayVerdict,
  seconds,
  someFacts,
} from './builders.ts';

/** One row of the policy's table of verdicts: its number and words, and what is said of such a pod; undefined: not looked at. */
type VerdictRow = [
  pod: string,
  verdicts: { hook?: string; manual?: string },
  view?: Partial<PodView>,
  beyond?: { facts?: Partial<PodFacts>; policy?: Partial<DrainPolicy> },
];

const both = (verdict: string) => ({ hook: verdict, manual: verdict });

const annotated = (key: string, value: string): Partial<PodView> => ({ annotations: { [key]: value } });
const labelled = (key: string, value: string): Partial<PodView> => ({ labels: { [key]: value } });

const evictable = both('evict evictable');
const finished = both('ignore finished');
const staticPod = both('stay static-pod');
const stays = both('stay daemonset-pod');
const skip = both('stay skip-requested');
const wait = both('wait wait-requested');
const stuck = both('stuck stuck-terminating, warned');
const terminating = both('wait terminating');

const podOfNode: OwnerView = { apiVersion: 'v1', kind: 'Node', name: 'ip-10-0-1-10', uid: 'uid-node' };
const kruise: OwnerView = { ...daemonSet, apiVersion: 'apps.kruise.io/v1alpha1' };
const evictLast = { policy: { daemonSets: 'evict-last' } } as const;
const ago = (milliseconds: number) => ({ deletionAt: now - milliseconds });
const silentFor = (milliseconds: number) => ({
  facts: { node: aNode({ ready: 'Unknown', readySince: now - milliseconds }) },
});

const undisturbed = { hook: 'wait do-not-disrupt', manual: 'block do-not-disrupt' };
const unmanaged = { hook: 'evict unmanaged-pod, warned', manual: 'block unmanaged-pod' };
const localData = { hook: 'evict local-data, warned', manual: 'block local-data' };
const localVolume = { hook: 'evict will-stay-pending, warned', manual: 'block will-stay-pending' };
const bounce = both('bounce bounce, warned');

const doNotDisrupt = (value: string) => annotated('karpenter.sh/do-not-disrupt', value);
const safeToEvict = (value: string) => annotated('cluster-autoscaler.kubernetes.io/safe-to-evict', value);
const startedAgo = (milliseconds: number, view: Partial<PodView>) => ({ startedAt: now - milliseconds, ...view });
const cordoned = (facts: Partial<PodFacts> = {}) => ({ facts: { settledAt: now - minutes, ...facts } });
const late = { createdAt: now - minutes };
const early = { createdAt: now - minutes - 1 };
const returned = { ...late, toleratesUnschedulable: true };
const force = { policy: { force: true } };

const rows: VerdictRow[] = [
  ['1: phase Succeeded', finished, { phase: 'Succeeded' }],
  ['1: phase Failed', finished, { phase: 'Failed' }],

  ['2: mirror annotation (T19)', staticPod, annotated('kubernetes.io/config.mirror', '')],
  ['2: owned by v1/Node (T20)', staticPod, { controller: podOfNode }],
  ['2: owned by v1/Node, which is not its controller', staticPod, { owners: [podOfNode] }],
  ['2 does not mean a Node of another API group', evictable, { owners: [{ ...podOfNode, apiVersion: 'x/v1' }] }],
  ['2 does not mean another owner of v1', evictable, { controller: { ...podOfNode, kind: 'ReplicationController' } }],

  ['3: controller is a DaemonSet that exists (T04)', stays, { controller: daemonSet }],
  ['3: controller is a DaemonSet of any API group', stays, { controller: kruise }],
  ['3: a DaemonSet pod with emptyDir (T05)', stays, { controller: daemonSet, localDataVolumes: ['scratch'] }],
  [
    '3: `daemonSets: evict-last` evicts it once after volumes and load balancers are clear',
    { hook: 'stay daemonset-evict-last', manual: 'stay daemonset-pod' },
    { controller: daemonSet },
    evictLast,
  ],
  ['3: never CSI', stays, { controller: { ...daemonSet, name: 'ebs-csi-node' } }, evictLast],
  ['3: never CNI (aws-node)', stays, { controller: { ...daemonSet, name: 'aws-node' } }, evictLast],
  ['3: never CNI (cilium)', stays, { controller: { ...daemonSet, name: 'cilium' } }, evictLast],
  ['3: never CNI (calico)', stays, { controller: { ...daemonSet, name: 'calico-node' } }, evictLast],
  ['3: never kube-proxy', stays, { controller: { ...daemonSet, name: 'kube-proxy' } }, evictLast],
  [
    '3: one that is only named after the CNI goes last',
    { hook: 'stay daemonset-evict-last' },
    { controller: { ...daemonSet, name: 'aws-node-termination-handler' } },
    evictLast,
  ],
  [
    '3: one that is only named after kube-proxy goes last',
    { hook: 'stay daemonset-evict-last' },
    { controller: { ...daemonSet, name: 'watch-kube-proxy' } },
    evictLast,
  ],
  [
    '3: never one that is critical to its node',
    stays,
    { controller: daemonSet, priorityClassName: 'system-node-critical' },
    evictLast,
  ],

  [
    '4: controller is a DaemonSet that is gone (T07)',
    { hook: 'evict orphaned-daemonset-pod, warned', manual: 'block orphaned-daemonset-pod' },
    { controller: daemonSet },
    { facts: { daemonSetGone: true } },
  ],
  [
    '4: controller is a DaemonSet that is gone, with force (T07)',
    { manual: 'evict orphaned-daemonset-pod, warned' },
    { controller: daemonSet },
    { facts: { daemonSetGone: true }, policy: { force: true } },
  ],
  ['4 does not mean another controller', evictable, {}, { facts: { daemonSetGone: true } }],

  ['5: annotation `drain: skip` (T32)', skip, annotated('eks-node-lifecycle.io/drain', 'skip')],
  ['5: label `drain: skip` (T32)', skip, labelled('eks-node-lifecycle.io/drain', 'skip')],
  ['5: `cluster.x-k8s.io/drain: skip`, in any case of letters (T32)', skip, labelled('cluster.x-k8s.io/drain', 'Skip')],

  ['6: annotation `drain: wait`', wait, annotated('eks-node-lifecycle.io/drain', 'wait')],
  ['6: label `drain: wait`', wait, labelled('eks-node-lifecycle.io/drain', 'wait')],
  ['6: `cluster.x-k8s.io/drain: wait-completed` (T32)', wait, labelled('cluster.x-k8s.io/drain', 'wait-completed')],
  [
    '6: `safe-to-evict: "on-completion"` (T29)',
    wait,
    annotated('cluster-autoscaler.kubernetes.io/safe-to-evict', 'on-completion'),
  ],
  [
    '6: `drain: wait`, created after mark and settle',
    wait,
    { ...returned, ...annotated('eks-node-lifecycle.io/drain', 'wait') },
    cordoned(),
  ],
  [
    '6 does not mean one that is back after its eviction',
    bounce,
    { ...late, ...annotated('eks-node-lifecycle.io/drain', 'wait') },
    cordoned({ siblingEvicted: true }),
  ],

  ['7: terminating, and more than 60 s past its deletionTimestamp (T75 T76)', stuck, ago(60 * seconds + 1)],
  ['7: terminating, and node Ready=Unknown for 5 minutes (T77)', stuck, ago(0), silentFor(5 * minutes)],
  ['7: terminating, and EC2 says the instance is not running (T80)', stuck, ago(0), { facts: { instanceGone: true } }],
  ['7 does not mean a pod that runs where EC2 says so', evictable, {}, { facts: { instanceGone: true } }],

  ['8: terminating, 60 s past its deletionTimestamp', terminating, ago(60 * seconds)],
  ['8: terminating, in the middle of six minutes of grace (T76)', terminating, ago(-3 * minutes)],
  ['8: terminating, node Ready=Unknown for less than 5 minutes', terminating, ago(0), silentFor(5 * minutes - 1)],
  [
    '8: terminating, node Ready=Unknown since nobody knows when',
    terminating,
    ago(0),
    { facts: { node: { ready: 'Unknown', readySince: undefined } } },
  ],
  ['8: terminating, node not Ready', terminating, ago(0), { facts: { node: aNode({ ready: 'False' }) } }],
  ['8: terminating, node Ready, no patience with silence', terminating, ago(0), { policy: { nodeUnknownSeconds: 0 } }],

  ['9: `karpenter.sh/do-not-disrupt` true', undisturbed, doNotDisrupt('true')],
  [
    '9: `do-not-disrupt`, a duration from status.startTime',
    undisturbed,
    startedAgo(90 * minutes - 1, doNotDisrupt('1h30m')),
  ],
  ['9 no longer, once the duration is over', evictable, startedAgo(90 * minutes, doNotDisrupt('1h30m'))],
  [
    '9: `do-not-disrupt`, a duration, before the pod has a startTime',
    undisturbed,
    { startedAt: undefined, ...doNotDisrupt('5m') },
  ],
  ['9 does not mean a duration that is none', evictable, doNotDisrupt('soon')],
  ['9 does not mean `do-not-disrupt: "false"`', evictable, doNotDisrupt('false')],
  ['9: `safe-to-evict: "false"` (T29)', undisturbed, safeToEvict('false')],
  ['9: `safe-to-evict: "false"`, with force', { manual: 'block do-not-disrupt' }, safeToEvict('false'), force],

  ['10: no controller (T10)', unmanaged, { controller: undefined }],
  ['10: no controller, with force (T11)', { manual: 'evict unmanaged-pod, warned' }, { controller: undefined }, force],

  ['11: emptyDir that is not medium Memory', localData, { localDataVolumes: ['scratch'] }],
  ['11: emptyDir, with force only (T12)', { manual: 'block local-data' }, { localDataVolumes: ['scratch'] }, force],
  [
    '11: emptyDir, with deleteEmptyDirData (T13 T18)',
    { manual: 'evict local-data, warned' },
    { localDataVolumes: ['scratch'] },
    { policy: { deleteEmptyDirData: true } },
  ],

  ["12: a PVC bound to a PV with this node's affinity", localVolume, {}, { facts: { localVolume: true } }],
  [
    "12: a PVC bound to a PV with this node's affinity, with force",
    { manual: 'evict will-stay-pending, warned' },
    {},
    { facts: { localVolume: true }, ...force },
  ],

  ['13: everything else (T01 T02)', evictable],
  ['13: `safe-to-evict: "true"` (T29)', evictable, safeToEvict('true')],
  ['13: tolerates the cordon, but was there before it (T35)', evictable, { toleratesUnschedulable: true }],

  ['bounce: tolerates the cordon, created after mark and settle', bounce, returned, cordoned()],
  ['bounce: was bound by `spec.nodeName` once more', bounce, late, cordoned({ siblingEvicted: true })],
  ['13: was bound by `spec.nodeName` for the first time', evictable, late, cordoned()],
  ['13: tolerates the cordon, bound during the settle window', evictable, { ...returned, ...early }, cordoned()],
  ['13: a sibling was evicted, but it is no younger', evictable, early, cordoned({ siblingEvicted: true })],
  ['13: tolerates the cordon, before there was one', evictable, returned, cordoned({ settledAt: undefined })],
];

const cases = (mode: 'hook' | 'manual') =>
  rows.flatMap(([row, { [mode]: said }, view, beyond]) => (said ? [[row, said, view, beyond] as const] : []));

describe('when the instance is going away whatever happens', () => {
  it.each(cases('hook'))('row %s → %s', (_row, said, view, beyond) => {
    const policy = aPolicy(beyond?.policy);
    expect(sayVerdict(classifyPod(aPod(view), someFacts(beyond?.facts), policy, now))).toBe(said);
  });
});
describe('when someone asked for the drain', () => {
  it.each(cases('manual'))('row %s → %s', (_row, said, view, beyond) => {
    const policy = aManualPolicy(beyond?.policy);
    expect(sayVerdict(classifyPod(aPod(view), someFacts(beyond?.facts), policy, now))).toBe(said);
  });
});
