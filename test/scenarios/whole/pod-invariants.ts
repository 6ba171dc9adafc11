import type { Pod } from '../../../sandbox/cluster/objects.ts';
import type { Frame } from './journal.ts';
import { isReady } from './stage.ts';

/** A budget: how many ready pods it wants, and how many fewer there may ever be because of a forced delete. */
export interface Wanted {
  desired: number;
  below?: number;
}

/** Every instant at which fewer pods of an app were ready than its budget wants. */
export function healthProblems(frames: readonly Frame<'pods'>[], wanted: Record<string, Wanted>): string[] {
  const pods = new Map<string, Pod>();
  const problems: string[] = [];
  for (const { type, object, revision } of frames) {
    if (type === 'DELETED') pods.delete(object.metadata.uid);
    else pods.set(object.metadata.uid, object);
    if (type === 'LISTED') continue;
    for (const [app, { desired, below = 0 }] of Object.entries(wanted)) {
      const ready = [...pods.values()].filter((pod) => pod.metadata.labels?.app === app && isReady(pod)).length;
      if (ready < desired - below) problems.push(`${app}: ${ready} ready at ${revision}, ${desired} wanted`);
    }
  }
  return problems;
}

/** The same as the disruption controller counts it. */
export function budgetProblems(frames: readonly Frame<'budgets'>[], wanted: Record<string, Wanted>): string[] {
  return frames.flatMap(({ object: { metadata, status }, revision }) => {
    const { currentHealthy, desiredHealthy } = status;
    const enough = currentHealthy >= desiredHealthy - (wanted[metadata.name]?.below ?? 0);
    return enough ? [] : [`${metadata.name}: ${currentHealthy} of ${desiredHealthy} healthy at ${revision}`];
  });
}

/** Pods that were on their way out, by name, where nobody was to touch them: on other nodes, or of those apps. */
export function touched(
  frames: readonly Frame<'pods'>[],
  nodes: readonly string[],
  spared: readonly string[],
): string[] {
  const left = frames.filter(
    ({ type, object }) => type === 'DELETED' || object.metadata.deletionTimestamp !== undefined || isDisrupted(object),
  );
  const wrong = left.filter(
    ({ object: { metadata, spec } }) =>
      !nodes.includes(spec.nodeName ?? '') || spared.includes(metadata.labels?.app ?? ''),
  );
  return [...new Set(wrong.map(({ object: { metadata, spec } }) => `${metadata.name} on ${spec.nodeName}`))];
}

function isDisrupted({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status }) => type === 'DisruptionTarget' && status === 'True') ?? false;
}

/** The frame in which a pod was seen to be on its way out first, for each that was. */
export function firstLeaving(frames: readonly Frame<'pods'>[]): Frame<'pods'>[] {
  const first = new Map<string, Frame<'pods'>>();
  for (const frame of frames) {
    const { uid, deletionTimestamp } = frame.object.metadata;
    if (deletionTimestamp !== undefined && !first.has(uid)) first.set(uid, frame);
  }
  return [...first.values()];
}
