import { conditionOf } from '../conditions.ts';
import type { Pod } from '../objects.ts';

/** How long a pod has been ready, 0 when it is not. */
export function readyForSeconds(pod: Pod, nowMs: number): number {
  const condition = conditionOf(pod, 'Ready');
  if (condition?.status !== 'True') return 0;
  return condition.lastTransitionTime === undefined ? 0 : (nowMs - Date.parse(condition.lastTransitionTime)) / 1_000;
}

/** A number, or a percentage of a total. */
export function scaled(value: number | string, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseFloat(value) / 100) * total);
}
