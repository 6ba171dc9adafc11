import type { OwnerView } from '../../../shared/lifecycle/pod.ts';
import { aNode, daemonSet, minutes, now, seconds } from './builders.ts';
import { annotated, both, describeVerdicts, labelled } from './verdict-table.ts';

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

describeVerdicts([
  ['1: phase Succeeded', finished, { phase: 'Succeeded' }],
  ['1: phase Failed', finished, { phase: 'Failed' }],

  ['2: mirror annotation (T19)', staticPod, annotated('kubernetes.io/config.mirror', '')],
  ['2: owned by v1/Node (T20)', staticPod, { controller: podOfNode }],
  ['2: owned by v1/Node, which is not its controller', staticPod, { owners: [podOfNode] }],
  [
    '2 does not mean a Node of another API group',
    both('evict evictable'),
    { owners: [{ ...podOfNode, apiVersion: 'x/v1' }] },
  ],

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

  ['7: terminating, and more than 60 s past its deletionTimestamp (T75 T76)', stuck, ago(60 * seconds + 1)],
  ['7: terminating, and node Ready=Unknown for 5 minutes (T77)', stuck, ago(0), silentFor(5 * minutes)],
  ['7: terminating, and EC2 says the instance is not running (T80)', stuck, ago(0), { facts: { instanceGone: true } }],

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
]);
