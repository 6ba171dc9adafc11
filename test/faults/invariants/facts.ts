import { globalTimeoutSeconds } from '../../../sandbox/aws/lifecycle.ts';
import { isPodReady } from '../../../sandbox/cluster/conditions.ts';
import type { Budget, Pod } from '../../../sandbox/cluster/objects.ts';
import { matchesSelector } from '../../../sandbox/cluster/selectors.ts';
import type { Drain } from '../drain.ts';
import { ec2StateOf } from '../tick-compute.ts';
import type { World } from '../world.ts';

// What the policy's words mean, read from the model's own objects and not by the product's code. Instants are epoch milliseconds.

const forceMarginSeconds = 30;

/** The earliest instant that may count as the drain's deadline: from its very first tick, with every sooner deadline heeded. */
export function deadlineOf(world: World, drain: Drain): number {
  const { deadlineSeconds, reserveSeconds } = world.policy;
  const seconds = Math.min(globalTimeoutOf(world, drain), deadlineSeconds) - reserveSeconds;
  return (
    Math.min((drain.startedAt ?? 0) + seconds * 1000, drain.fate.soonerAt ?? Number.POSITIVE_INFINITY) -
    toleranceOf(world)
  );
}

export function globalTimeoutOf(world: World, { groupName }: Drain): number {
  return Math.min(...world.scaling.hooksOf(groupName).map(globalTimeoutSeconds));
}

/** Two clocks may differ by so much. */
export function toleranceOf({ scenario }: World): number {
  return 2 * scenario.skewMilliseconds;
}

export function forceMomentOf(world: World, drain: Drain, pod: Pod): number {
  const grace = Math.min(graceOf(pod), world.policy.graceCapSeconds ?? Number.POSITIVE_INFINITY);
  return deadlineOf(world, drain) - (grace + forceMarginSeconds) * 1000;
}

function graceOf({ spec }: Pod): number {
  return spec.terminationGracePeriodSeconds ?? 30;
}

export function budgetsOf({ cluster }: World, pod: Pod): Budget[] {
  return cluster
    .list('poddisruptionbudgets', pod.metadata.namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels));
}

/** Pods of a budget that served just before one of them was deleted. */
export function healthyBefore({ cluster }: World, { metadata, spec }: Budget, deleted: Pod): number {
  return cluster
    .list('pods', metadata.namespace)
    .filter(({ metadata: { uid } }) => uid !== deleted.metadata.uid)
    .concat(deleted)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined && isPodReady(pod))
    .filter((pod) => matchesSelector(spec.selector, pod.metadata.labels)).length;
}

export function controllerOf({ metadata }: Pod) {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}

/** Pods that are never to be asked to go. */
export function mustStay(world: World, pod: Pod): string | undefined {
  const { annotations = {}, ownerReferences = [] } = pod.metadata;
  if ('kubernetes.io/config.mirror' in annotations) return 'a mirror pod';
  if (ownerReferences.some(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')) return 'a static pod';
  // A DaemonSet's own rule comes before its pods' wishes.
  if (controllerOf(pod)?.kind === 'DaemonSet') {
    return isOfDaemonSet(world, pod) && world.policy.daemonSets === 'stay' ? 'a pod of a DaemonSet' : undefined;
  }
  return annotations['eks-node-lifecycle.io/drain'] === 'skip' ? 'a pod that asks to be skipped' : undefined;
}

export function isOfDaemonSet({ cluster }: World, pod: Pod): boolean {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet') return false;
  return cluster.get('daemonsets', owner.name, pod.metadata.namespace)?.metadata.uid === owner.uid;
}

/** Pods that are only to be asked from their force moment on. */
export function wantsTime(pod: Pod): boolean {
  const { annotations = {} } = pod.metadata;
  if (controllerOf(pod)?.kind === 'DaemonSet') return false; // its own rule comes first
  return (
    annotations['eks-node-lifecycle.io/drain'] === 'wait' ||
    annotations['karpenter.sh/do-not-disrupt'] === 'true' ||
    annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'] === 'false'
  );
}

/** Which of the pods on the drain's node the hook has to wait for. */
export function podsToWaitFor(world: World, drain: Drain): Pod[] {
  return world.cluster
    .list('pods')
    .filter((pod) => pod.spec.nodeName === drain.nodeName && mustBeWaitedFor(world, drain, pod));
}

function mustBeWaitedFor(world: World, drain: Drain, pod: Pod): boolean {
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') return false;
  if (mustStay(world, pod) || isOfDaemonSet(world, pod)) return false;
  return !isStuck(world, drain, pod) && !comesBack(world, drain, pod);
}

/** Terminating for more than a minute past its end, or on a node that nobody hears of. */
function isStuck(world: World, drain: Drain, pod: Pod): boolean {
  const { clock, cluster, policy } = world;
  const { deletionTimestamp } = pod.metadata;
  if (deletionTimestamp === undefined) return false;
  const node = cluster.get('nodes', drain.nodeName) ?? drain.fate.nodeAtLast;
  const ready = node?.status.conditions?.find(({ type }) => type === 'Ready');
  const silentFor = ready?.status === 'Unknown' ? clock.now() - Date.parse(ready.lastTransitionTime ?? '') : 0;
  const overdue = clock.now() - Date.parse(deletionTimestamp);
  const runs = ['pending', 'running'].includes(ec2StateOf(world, drain.instanceId) ?? '');
  if (ready?.status !== 'True' && !runs) return true;
  return overdue > policy.stuckSeconds * 1000 - 2_000 || silentFor >= policy.nodeUnknownSeconds * 1000 - 2_000;
}

/** Created after cordon and settling, and either heedless of the cordon or the successor of one that this drain removed. */
function comesBack({ policy }: World, { seen }: Drain, pod: Pod): boolean {
  const since = seen.cordonedAt ?? seen.markedAt;
  if (since === undefined) return false;
  const settled = Date.parse(pod.metadata.creationTimestamp) >= since + policy.settleSeconds * 1000 - 2_000;
  const tolerations = pod.spec.tolerations ?? [];
  const tolerates = tolerations.some(
    ({ key, operator }) => operator === 'Exists' && (!key || key === 'node.kubernetes.io/unschedulable'),
  );
  return settled && (tolerates || seen.removedControllers.has(controllerOf(pod)?.uid ?? ''));
}
