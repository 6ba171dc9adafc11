import { readMark } from '../../shared/lifecycle/mark.ts';
import type { Node, Pod } from '../cluster/objects.ts';
import type { ClusterChange, EvictionSeen, LogLine, Observation } from '../world/observation.ts';
import type { Fleet } from './fleet.ts';
import { fromTickFailure } from './from-tick.ts';
import type { Told } from './line.ts';

/** Counts it; what is worth a line of its own in any crowd is told. */
export function note(observation: Observation, fleet: Fleet): Told[] {
  switch (observation.from) {
    case 'auto-scaling':
      if (observation.lifecycleState === 'Terminating:Wait') fleet.instances.add(observation.instanceId);
      return [];
    case 'notification':
      fleet.messageAt = observation.at;
      fleet.messages.set(observation.channel, (fleet.messages.get(observation.channel) ?? 0) + 1);
      return [];
    case 'log':
      return noteLog(observation.line, fleet);
    case 'tick': {
      const { output } = observation;
      const { instanceId } = output.action;
      const key = 'token' in output.action ? `${instanceId} ${output.action.token}` : instanceId;
      const waits = output.status === 'again' && output.summary.phase === 'waiting-for-other-drain';
      waits ? fleet.waiting.add(key) : fleet.waiting.delete(key);
      if (output.status === 'done') fleet.ended.push(output.end.reason);
      return [];
    }
    case 'tick-failure':
      return fromTickFailure(observation.number, observation.error);
    case 'aws':
      if (observation.call.operation === 'CompleteLifecycleAction') fleet.completions += 1;
      return [];
    case 'kubernetes':
      noteChange(observation.change, observation.at, fleet);
      return [];
    case 'eviction':
      noteEviction(observation.eviction, fleet);
      return [];
    default:
      return [];
  }
}

function noteLog(line: LogLine, fleet: Fleet): Told[] {
  if (line.message === 'event taken') {
    fleet.taken += 1;
    if (line.execution !== undefined) fleet.executions.add(String(line.execution));
  }
  if (line.message !== 'pod deleted past its budget') return [];
  fleet.forced += 1;
  return [{ mark: 'forced', text: `${line.pod}: ${line.text}`, tone: 'bad' }];
}

function noteEviction({ pod, status }: EvictionSeen, fleet: Fleet): void {
  if (status === undefined) {
    fleet.asked += 1;
    fleet.inFlight += 1;
    fleet.mostInFlight = Math.max(fleet.mostInFlight, fleet.inFlight);
    return;
  }
  fleet.inFlight -= 1;
  if (status !== 429) return;
  fleet.refused += 1;
  if (fleet.pods.get(pod) === 'there') fleet.pods.set(pod, 'held');
}

function noteChange({ resource, type, object }: ClusterChange, at: number, fleet: Fleet): void {
  if (resource === 'nodes') noteNode(object as Node, at, fleet);
  if (resource === 'pods') notePod(object as Pod, type, fleet);
}

function noteNode({ metadata, spec }: Node, at: number, fleet: Fleet): void {
  const { name, annotations = {} } = metadata;
  fleet.nodes.set(name, spec.providerID?.split('/').at(-1) ?? '');
  const mark = readMark(annotations);
  if (mark && spec.unschedulable && !fleet.cordoned.has(name)) {
    fleet.cordoned.add(name);
    fleet.lastCordonAt = at;
    fleet.askedBefore = fleet.asked;
  }
  if (mark?.ended !== undefined) fleet.drained.add(name);
}

/** Those that are there before anything happens: they come after their nodes. */
function notePod({ metadata, spec }: Pod, type: ClusterChange['type'], fleet: Fleet): void {
  const key = `${metadata.namespace}/${metadata.name}`;
  const ofDaemonSet = metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet');
  if (type === 'LISTED' && !ofDaemonSet && spec.nodeName !== undefined) fleet.pods.set(key, 'there');
  if (!fleet.pods.has(key)) return;
  if (type === 'DELETED') fleet.pods.set(key, 'gone');
  else if (metadata.deletionTimestamp !== undefined) fleet.pods.set(key, 'leaving');
}
