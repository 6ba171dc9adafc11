import { type EndedJob, jobKey, type LogRunPlan } from './log-run.ts';

/** Until when each query has looked at each cluster's log: epoch seconds by the keys of jobs. */
export type LookedAt = Readonly<Record<string, number>>;

/**
 * Before a run: what is looked at for the first time counts from there on, whatever becomes of the run, or a run that fails would let the next
 * one begin later. undefined: nothing is.
 */
export function lookedAtFrom(before: LookedAt, { jobs }: Pick<LogRunPlan, 'jobs'>): LookedAt | undefined {
  const first = jobs.filter((job) => before[jobKey(job)] === undefined);
  if (first.length === 0) return undefined;
  return { ...before, ...Object.fromEntries(first.map((job) => [jobKey(job), job.range.startSeconds])) };
}

/**
 * After a run that was told. What was not read keeps its old end, so that the next run asks for it again; a run that began earlier
 * and ended later takes nothing back. Clusters that are gone are forgotten when
 * nothing more comes of them.
 */
export function lookedAtAfter(
  before: LookedAt,
  { clusters, allClusters }: LogRunPlan,
  ended: readonly Pick<EndedJob, 'job' | 'readUntil' | 'bytesScanned'>[],
): LookedAt {
  const kept = Object.entries(before).filter(([key]) => !allClusters || ['', ...clusters].includes(clusterOf(key)));
  const after = Object.fromEntries(kept);
  for (const { job, readUntil, bytesScanned } of ended) {
    if (readUntil === undefined) continue;
    if (job.gone && bytesScanned === 0) delete after[jobKey(job)];
    else after[jobKey(job)] = Math.max(after[jobKey(job)] ?? 0, readUntil);
  }
  return after;
}

export function clustersLookedAt(lookedAt: LookedAt): string[] {
  return [...new Set(Object.keys(lookedAt).map(clusterOf))].filter((cluster) => cluster !== '');
}

const clusterOf = (key: string) => key.slice(0, Math.max(0, key.lastIndexOf('/')));
