import type { PodRecord } from '../lifecycle/report.ts';

/** What became of a pod, the worst first: lanes and rows are in this order. */
export const podOutcomes = [
  'forced',
  'blocked',
  'left',
  'stuck',
  'bounced',
  'evicted',
  'gone',
  'finished',
  'stays',
] as const;

export type PodOutcome = (typeof podOutcomes)[number];

/** For a person. */
export const outcomeWords: Record<PodOutcome, string> = {
  forced: 'deleted by force',
  blocked: 'forbids the drain',
  left: 'still on the node',
  stuck: 'stuck, not waited for',
  bounced: 'came back',
  evicted: 'evicted',
  gone: 'went by itself',
  finished: 'finished before',
  stays: 'stays',
};

export function outcomeOf({ verdict, forcedAt, evictedAt, goneAt }: PodRecord): PodOutcome {
  if (forcedAt !== undefined) return 'forced';
  if (goneAt !== undefined) return evictedAt === undefined ? 'gone' : 'evicted';
  if (verdict === 'block') return 'blocked';
  if (verdict === 'stuck') return 'stuck';
  if (verdict === 'bounce') return 'bounced';
  if (verdict === 'stay' && evictedAt === undefined) return 'stays';
  return verdict === 'ignore' ? 'finished' : 'left';
}
