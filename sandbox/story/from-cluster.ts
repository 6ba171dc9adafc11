import { readMark } from '../../shared/lifecycle/mark.ts';
import { conditionOf, isPodReady } from '../cluster/conditions.ts';
import type { Attachment, Budget, Node, Pod } from '../cluster/objects.ts';
import type { ClusterChange } from '../world/observation.ts';
import { nodeChanged } from './from-nodes.ts';
import type { Told } from './line.ts';
import { isHeld, type Memory, movingPods, secondsOf } from './memory.ts';

/** What any client of the API server can see. */
export function fromCluster({ resource, type, object }: ClusterChange, at: number, memory: Memory): Told[] {
  switch (resource) {
    case 'nodes':
      return [...nodeChanged(object as Node, type, memory), ...nodeSeen(object as Node, memory)];
    case 'pods':
      return podSeen(object as Pod, type, at, memory);
    case 'poddisruptionbudgets':
      return budgetSeen(object as Budget, memory);
    case 'volumeattachments':
      return attachmentSeen(object as Attachment, type, memory);
    default:
      return [];
  }
}

function nodeSeen({ metadata, spec }: Node, memory: Memory): Told[] {
  if (!spec.providerID?.endsWith(`/${memory.instanceId}`)) return [];
  memory.nodeName = metadata.name;
  const mark = readMark(metadata.annotations ?? {});
  if (!mark || !spec.unschedulable || memory.drain === mark.drain) return [];
  const isFirst = memory.drain === undefined;
  memory.drain = mark.drain;
  memory.yields = mark.yields ?? false;
  memory.deadlineAt = Date.parse(mark.deadlineAt);
  if (!isFirst) {
    const next = `that drain's deadline is at ${secondsOf(memory.deadlineAt, memory)}`;
    return [{ mark: 'node', text: `${metadata.name} is taken over by ${mark.execution}`, next }];
  }
  const text = `${metadata.name} is cordoned and leaves its load balancers`;
  const settle = `for ${memory.policy.settleSeconds} s the scheduler may still bind what it had placed`;
  const next = `${settle}; the drain's deadline is at ${secondsOf(memory.deadlineAt, memory)}`;
  return [{ mark: 'node', text, next }];
}

function podSeen(pod: Pod, type: ClusterChange['type'], at: number, memory: Memory): Told[] {
  const { namespace, name, deletionTimestamp, uid } = pod.metadata;
  const key = `${namespace}/${name}`;
  const before = memory.pods.get(key);
  const isOurs = before?.object.metadata.uid === uid || pod.spec.nodeName === memory.nodeName;
  if (!isOurs || memory.nodeName === undefined) return replacementSeen(pod, type, memory);
  const known = before ?? { object: pod, heldBy: new Set<string>(), leaving: false, gone: false };
  memory.pods.set(key, known);
  if (type === 'DELETED') {
    known.gone = true;
    const isEmpty = movingPods(memory).every(({ gone }) => gone);
    return [{ mark: 'gone', text: key, tone: 'good' }, ...(isEmpty ? [nodeEmpty(memory)] : [])];
  }
  if (deletionTimestamp === undefined || known.leaving) return [];
  known.leaving = true;
  if (conditionOf(pod, 'DisruptionTarget')?.reason !== 'EvictionByEvictionAPI') return [];
  const held = known.heldSince === undefined ? '' : ` after ${((at - known.heldSince) / 1000).toFixed(1)} s on hold`;
  return [{ mark: 'evicted', text: `${key}${held}: it has ${pod.metadata.deletionGracePeriodSeconds} s to stop` }];
}

function nodeEmpty({ volumes }: Memory): Told {
  const text = 'nothing that can move is left on the node';
  if (volumes.size === 0) return { mark: 'empty', text };
  const next = `${[...volumes.values()].join(', ')} must be detached before the instance may go`;
  return { mark: 'empty', text, next };
}

function replacementSeen(pod: Pod, type: ClusterChange['type'], { known }: Memory): Told[] {
  const { namespace, name, uid } = pod.metadata;
  if (type === 'LISTED') known.add(uid);
  if (known.has(uid) || !isPodReady(pod)) return [];
  known.add(uid);
  return [{ mark: 'replaced', text: `${namespace}/${name} is ready on ${pod.spec.nodeName}`, tone: 'quiet' }];
}

function budgetSeen(budget: Budget, memory: Memory): Told[] {
  const key = `${budget.metadata.namespace}/${budget.metadata.name}`;
  const before = memory.budgets.get(key);
  memory.budgets.set(key, budget);
  if (!before) return [];
  const told: Told[] = [];
  const [was, is] = [limitOf(before), limitOf(budget)];
  if (was !== is) told.push({ mark: 'budget', text: `${key} is changed by someone: ${was} becomes ${is}` });
  const { disruptionsAllowed, currentHealthy, desiredHealthy } = budget.status;
  const holds = movingPods(memory).some(isHeld);
  if (holds && before.status.disruptionsAllowed === 0 && disruptionsAllowed > 0) {
    const room = `${currentHealthy} healthy pods, ${desiredHealthy} needed`;
    told.push({ mark: 'freed', text: `budget ${key} has room for ${disruptionsAllowed} again: ${room}`, tone: 'good' });
  }
  return told;
}

function limitOf({ spec }: Budget): string {
  return spec.minAvailable === undefined
    ? `maxUnavailable ${spec.maxUnavailable}`
    : `minAvailable ${spec.minAvailable}`;
}

function attachmentSeen({ metadata, spec }: Attachment, type: ClusterChange['type'], memory: Memory): Told[] {
  if (spec.nodeName !== memory.nodeName) return [];
  const volume = spec.source.persistentVolumeName ?? metadata.name;
  if (type !== 'DELETED') {
    memory.volumes.set(metadata.name, volume);
    return [];
  }
  memory.volumes.delete(metadata.name);
  memory.detached += 1;
  return [{ mark: 'detached', text: `volume ${volume}`, tone: 'good' }];
}
