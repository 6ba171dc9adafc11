import { jobVerdicts } from '../../shared/log-audit/job-verdicts.ts';
import type { EndedJob, JobEnd } from '../../shared/log-audit/log-run.ts';
import { readUntil } from '../../shared/log-audit/read-until.ts';
import type { ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import { scheduledText } from '../../shared/log-audit/scheduled-text.ts';
import { advanceQuery } from '../../shared/log-query/advance-query.ts';
import { putTogether } from '../../shared/log-query/put-together.ts';
import { bytesSoFar, dueAt } from '../../shared/log-query/query-state.ts';
import type { QueryPorts, QueryWish, StepPorts } from '../../shared/log-query/query-wish.ts';
import { stopRunning } from '../../shared/log-query/stop-running.ts';
import type { OpenJob } from './run-files.ts';

/** Of one query and cluster: what a tick can hold. */
const mostRows = 100_000;

export interface JobLimits {
  /** What this job may still scan, at every step. */
  maxBytes: () => number;
  /** When the run is over, in epoch milliseconds. */
  untilMs: number;
  /** When the tick is. */
  endsAt: number;
}

/**
 * Goes on with a job until it is done or the tick is over: then its queries go on, and the next tick reads them. A query that fails ends its
 * job, and no other.
 */
export async function runJob(
  { job, state, parts }: OpenJob,
  query: ScheduledQuery,
  ports: QueryPorts,
  { maxBytes, untilMs, endsAt }: JobLimits,
  signal: AbortSignal,
): Promise<OpenJob | EndedJob> {
  const { mergeable, aggregates } = query;
  const asked = { text: scheduledText(query), mergeable, ...(aggregates && { aggregates }) };
  const wish = (): QueryWish => ({
    group: job.group,
    query: asked,
    range: job.range,
    maxBytes: maxBytes(),
    untilMs,
    maxRows: mostRows,
  });
  const kept = [...parts];
  const keeping: StepPorts = { ...ports, keep: (rows, range) => void kept.push({ range, rows }) };
  let at = state;
  const endOf = (end: JobEnd): EndedJob => {
    const until = 'failed' in end ? undefined : end.readUntil;
    const ended = { job, judged: jobVerdicts(query, job, end), bytesScanned: bytesSoFar(at) };
    return { ...ended, ...(until !== undefined && { readUntil: until }) };
  };
  try {
    while (at.phase !== 'done') {
      await ports.clock.sleep(Math.max(0, Math.min(dueAt(at), endsAt) - ports.clock.now()), signal);
      if (ports.clock.now() >= endsAt) return { job, state: at, parts: kept };
      at = await advanceQuery(at, wish(), keeping, signal);
    }
    return endOf({ ...putTogether(at, wish(), kept), readUntil: readUntil(job.range, kept, at) });
  } catch (error) {
    if (signal.aborted) await stopRunning(at, ports);
    signal.throwIfAborted();
    return endOf({ failed: error instanceof Error ? error.message : String(error) });
  }
}
