import { matchesSelector } from './budget-match.ts';
import type { NodeView } from './node.ts';
import type { PodView } from './pod.ts';
import { wishesNoDisruption, wishesSkip, wishesWait } from './pod-wishes.ts';
import type { DrainPolicy } from './policy.ts';
import type { Verdict } from './verdict.ts';

/** What must be known about a pod beyond its own object. */
export interface PodFacts {
  node: Pick<NodeView, 'ready' | 'readySince'>;
  /** EC2 says that the instance is stopping, stopped, shutting down, terminated or unknown. */
  instanceGone: boolean;
  /** The DaemonSet that controls it answered 404, or another one has its name. */
  daemonSetGone: boolean;
  /** It mounts a claim whose volume is pinned to this node. */
  localVolume: boolean;
  /** A pod of the same controller was evicted from this node before: this one is what came back. */
  siblingEvicted: boolean;
  /** Cordon plus settle time, on a whole second as creation times are; undefined before the mark. Epoch milliseconds. */
  settledAt: number | undefined;
}

type Rule = (pod: PodView, facts: PodFacts, policy: DrainPolicy, now: number) => Verdict | undefined;

/** In the order in which they are asked. */
export const podRules: readonly Rule[] = [
  finished,
  notSelected,
  staticPod,
  daemonSetPod,
  orphanedDaemonSetPod,
  skipRequested,
  waitRequested,
  stuckTerminating,
  terminating,
  bounce,
  doNotDisrupt,
  unmanaged,
  localData,
  localVolume,
];

function finished(pod: PodView): Verdict | undefined {
  if (pod.phase !== 'Succeeded' && pod.phase !== 'Failed') return undefined;
  return { kind: 'ignore', code: 'finished', reason: `it has finished (${pod.phase})` };
}

function notSelected(pod: PodView, _facts: PodFacts, { podSelector }: DrainPolicy): Verdict | undefined {
  if (podSelector === undefined || matchesSelector(podSelector, pod.labels)) return undefined;
  return { kind: 'stay', code: 'not-selected', reason: 'only pods with other labels were asked for' };
}

function staticPod(pod: PodView): Verdict | undefined {
  const mirror = 'kubernetes.io/config.mirror' in pod.annotations;
  const ofNode = pod.owners.some((owner) => owner.kind === 'Node' && owner.apiVersion === 'v1');
  return mirror || ofNode ? { kind: 'stay', code: 'static-pod', reason: 'the kubelet runs it from a file' } : undefined;
}

function daemonSetPod(pod: PodView, facts: PodFacts, policy: DrainPolicy): Verdict | undefined {
  if (pod.controller?.kind !== 'DaemonSet' || facts.daemonSetGone) return undefined;
  if (policy.daemonSets === 'evict-last' && policy.mode === 'hook' && !isNodePlumbing(pod.controller.name, pod)) {
    return {
      kind: 'stay',
      code: 'daemonset-evict-last',
      reason: 'its DaemonSet goes last, after volumes and load balancers',
    };
  }
  return { kind: 'stay', code: 'daemonset-pod', reason: `DaemonSet ${pod.controller.name} would put it back` };
}

/** Volumes detach, and pods stop cleanly, only while CSI driver, CNI and kube-proxy run. */
function isNodePlumbing(daemonSet: string, pod: PodView): boolean {
  const plumbing = /^(aws-node|kube-proxy)$|csi|cilium|calico|flannel|weave/;
  return plumbing.test(daemonSet) || pod.priorityClassName === 'system-node-critical';
}

/** Once it is terminating there is nothing left to ask for: it goes, or it is stuck. So it is with a pod that wants to finish. */
function orphanedDaemonSetPod(pod: PodView, facts: PodFacts, policy: DrainPolicy): Verdict | undefined {
  if (!isOrphaned(pod, facts) || pod.deletionAt !== undefined) return undefined;
  const reason = `its DaemonSet ${pod.controller?.name} no longer exists`;
  return evictOrBlock('orphaned-daemonset-pod', reason, policy.mode === 'hook' || policy.force);
}

function isOrphaned(pod: PodView, facts: PodFacts): boolean {
  return pod.controller?.kind === 'DaemonSet' && facts.daemonSetGone;
}

/** An orphan was evicted whatever it wished, and is waited for like any other. */
function skipRequested(pod: PodView, facts: PodFacts): Verdict | undefined {
  if (isOrphaned(pod, facts)) return undefined;
  const wish = wishesSkip(pod);
  return wish && { kind: 'stay', code: 'skip-requested', reason: wish.because };
}

/** Not of one that was evicted past its force moment and is back: it would be back each time. */
function waitRequested(pod: PodView, facts: PodFacts): Verdict | undefined {
  if (pod.deletionAt !== undefined || (facts.siblingEvicted && bounce(pod, facts))) return undefined;
  const wish = wishesWait(pod);
  return wish && { kind: 'wait', code: 'wait-requested', reason: wish.because };
}

function stuckTerminating(pod: PodView, facts: PodFacts, policy: DrainPolicy, now: number): Verdict | undefined {
  if (pod.deletionAt === undefined) return undefined;
  if (facts.instanceGone) return stuck('EC2 says that its instance is not running');
  const { ready, readySince = now } = facts.node;
  if (ready === 'Unknown' && now - readySince >= policy.nodeUnknownSeconds * 1000)
    return stuck('its kubelet has not reported for too long');
  const overdue = now - pod.deletionAt > policy.stuckSeconds * 1000;
  const held = pod.finalizers.length > 0 ? `; finalizers ${pod.finalizers.join(', ')}` : '';
  return overdue ? stuck(`its grace period ended more than ${policy.stuckSeconds} s ago${held}`) : undefined;
}

function stuck(reason: string): Verdict {
  return { kind: 'stuck', code: 'stuck-terminating', reason, warning: true };
}

function terminating(pod: PodView): Verdict | undefined {
  return pod.deletionAt === undefined ? undefined : { kind: 'wait', code: 'terminating', reason: 'it is terminating' };
}

/**
 * Created after the cordon had settled and still here: it tolerates the cordon, or its controller bound it by name again, and would
 * for ever. https://github.com/cilium/cilium/issues/28549 shows the loop.
 */
function bounce(pod: PodView, facts: PodFacts): Verdict | undefined {
  if (facts.settledAt === undefined || pod.createdAt < facts.settledAt) return undefined;
  if (!pod.toleratesUnschedulable && !facts.siblingEvicted) return undefined;
  return {
    kind: 'bounce',
    code: 'bounce',
    reason: 'it was created here after the cordon and would come back',
    warning: true,
  };
}

function doNotDisrupt(pod: PodView, _facts: PodFacts, policy: DrainPolicy, now: number): Verdict | undefined {
  const wish = wishesNoDisruption(pod, now);
  return wish && { kind: policy.mode === 'hook' ? 'wait' : 'block', code: 'do-not-disrupt', reason: wish.because };
}

function unmanaged(pod: PodView, _facts: PodFacts, policy: DrainPolicy): Verdict | undefined {
  if (pod.controller) return undefined;
  return evictOrBlock('unmanaged-pod', 'no controller will replace it', policy.mode === 'hook' || policy.force);
}

function localData(pod: PodView, _facts: PodFacts, policy: DrainPolicy): Verdict | undefined {
  if (pod.localDataVolumes.length === 0) return undefined;
  const reason = `the data in emptyDir ${pod.localDataVolumes.join(', ')} is lost`;
  return evictOrBlock('local-data', reason, policy.mode === 'hook' || policy.deleteEmptyDirData);
}

function localVolume(_pod: PodView, facts: PodFacts, policy: DrainPolicy): Verdict | undefined {
  if (!facts.localVolume) return undefined;
  const reason = 'its local volume exists on this node only, so its replacement stays Pending';
  return evictOrBlock('will-stay-pending', reason, policy.mode === 'hook' || policy.force);
}

function evictOrBlock(code: Verdict['code'], reason: string, evict: boolean): Verdict {
  return evict ? { kind: 'evict', code, reason, warning: true } : { kind: 'block', code, reason };
}
