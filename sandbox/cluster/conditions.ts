import type { Condition, KubeObject, Pod } from './objects.ts';
import { timestamp } from './timestamp.ts';

type Conditioned = { conditions?: Condition[] };

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return (object.status as Conditioned | undefined)?.conditions?.find((condition) => condition.type === type);
}

export function isPodReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

export function isPodFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The list with one condition set; its transition time moves only when its status does. */
export function withCondition(conditions: readonly Condition[] = [], next: Condition, nowMs: number): Condition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const same = before?.status === next.status;
  const since = same && before.lastTransitionTime !== undefined ? before.lastTransitionTime : timestamp(nowMs);
  const others = conditions.filter(({ type }) => type !== next.type);
  return [...others, { ...next, lastTransitionTime: since }];
}
