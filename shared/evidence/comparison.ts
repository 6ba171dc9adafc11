import { type DrainPicture, isDeletedPast } from './drain-picture.ts';

/** Drains side by side: one row for what the report tells, and one for each actor that the log tells of. */
export interface ComparisonRow {
  name: string;
  user: string;
  agent: string;
  source: DrainPicture['source'];
  /** ISO 8601 */
  startedAt: string;
  /** From its first sign to the cordon. */
  secondsToCordon?: number;
  label: boolean;
  podsEvicted: number;
  /** Pods that were refused at least once, and how often that was in all. */
  podsRefused: number;
  refusals: number;
  /** Deleted after a refusal, and without any eviction asked for. */
  deletedPastRefusal: number;
  deletedUnasked: number;
  nodeDeleted: boolean;
  durationSeconds: number;
}

export function comparisonOf(pictures: readonly DrainPicture[]): ComparisonRow[] {
  return pictures.map((picture) => {
    const { actor, source, firstAt, lastAt, cordonedAt, labelledAt, nodeDeletedAt, pods } = picture;
    const past = pods.filter(isDeletedPast);
    return {
      ...actor,
      source,
      startedAt: new Date(firstAt).toISOString(),
      ...(cordonedAt === undefined ? {} : { secondsToCordon: seconds(cordonedAt - firstAt) }),
      label: labelledAt !== undefined,
      podsEvicted: pods.filter(({ evictedAt }) => evictedAt !== undefined).length,
      podsRefused: pods.filter(({ refused }) => refused > 0).length,
      refusals: pods.reduce((sum, { refused }) => sum + refused, 0),
      deletedPastRefusal: past.filter((pod) => pod.past === 'refusal').length,
      deletedUnasked: past.filter((pod) => pod.past === 'unasked').length,
      nodeDeleted: nodeDeletedAt !== undefined,
      durationSeconds: seconds(lastAt - firstAt),
    };
  });
}

/** `3`, or `2 (3 times)` where pods were refused more than once. */
export function refusedText(pods: number, refusals: number): string {
  return pods === refusals ? String(pods) : `${pods} (${refusals} times)`;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
