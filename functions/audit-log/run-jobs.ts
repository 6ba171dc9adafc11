import { fewAtOnce } from '../../shared/hooks/few-at-once.ts';
import type { EndedJob, LogJob, LogRunPlan } from '../../shared/log-audit/log-run.ts';
import type { ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import { bytesSoFar, dueAt, newQuery } from '../../shared/log-query/query-state.ts';
import { stopRunning } from '../../shared/log-query/stop-running.ts';
import type { AuditLogPorts } from './audit-log-ports.ts';
import type { OpenJob, RunFiles } from './run-files.ts';
import { type JobLimits, runJob } from './run-job.ts';

/** All of the account share its quota of running queries; each of these may have four when its range is split. */
const jobsAtOnce = 3;

export interface Progress {
  /** Which of the plan's jobs have ended, by their places. */
  ended: number[];
  /** Of those. */
  bytesScanned: number;
}

export interface JobsRun extends Progress {
  /** When the first of the others has something to do, in epoch milliseconds. */
  dueAt: number;
}

/** Goes on with the jobs that have not ended, those that wait longest first, until the tick is over. What it did is kept. */
export async function runJobs(
  plan: LogRunPlan,
  progress: Progress,
  {
    queries,
    maxBytes,
    ...limits
  }: { queries: readonly ScheduledQuery[]; maxBytes: number } & Omit<JobLimits, 'maxBytes'>,
  { files, ...ports }: AuditLogPorts & { files: RunFiles },
  signal: AbortSignal,
): Promise<JobsRun> {
  const known = new Set(progress.ended);
  const left = [...plan.jobs.entries()].filter(([place]) => !known.has(place));
  const bytes = new Map<number, number>();
  const spent = () => [...bytes.values()].reduce((sum, each) => sum + each, progress.bytesScanned);
  const isOpen = () => ports.clock.now() < limits.endsAt;

  const go = async ([place, planned]: [number, LogJob]): Promise<OpenJob | EndedJob> => {
    const found = await files.loadJob(planned, signal);
    if (found && 'judged' in found) {
      bytes.set(place, found.bytesScanned);
      return found;
    }
    const query = queries.find(({ id }) => id === planned.query);
    if (!query) {
      // A deployment took it away meanwhile.
      if (found) await stopRunning(found.state, ports);
      const dropped = { job: planned, judged: [], bytesScanned: found ? bytesSoFar(found.state) : 0 };
      await files.saveJob(dropped, signal);
      bytes.set(place, dropped.bytesScanned);
      return dropped;
    }
    const open = found ?? {
      job: planned,
      state: newQuery({ ...planned, query: { text: '', mergeable: false } }),
      parts: [],
    };
    bytes.set(place, bytesSoFar(open.state));
    const others = () => spent() - (bytes.get(place) ?? 0);
    const progressed = ({ statistics }: { statistics: { bytesScanned: number } }) =>
      void bytes.set(place, statistics.bytesScanned);
    const maxBytesNow = () => Math.max(0, maxBytes - others());
    const now = await runJob(
      open,
      query,
      { ...ports, progress: progressed },
      { ...limits, maxBytes: maxBytesNow },
      signal,
    );
    await files.saveJob(now, signal);
    if ('judged' in now) bytes.set(place, now.bytesScanned);
    return now;
  };
  const results = await fewAtOnce(jobsAtOnce, left, async (each) => (isOpen() ? go(each) : undefined));

  const ended = left.flatMap(([place], at) => (isEnded(results[at]) ? [place] : []));
  const scanned = ended.reduce((sum, place) => sum + (bytes.get(place) ?? 0), progress.bytesScanned);
  const due = results.map((each) => (each && !isEnded(each) ? dueAt(each.state) : Number.POSITIVE_INFINITY));
  return { ended: [...progress.ended, ...ended].sort((a, b) => a - b), bytesScanned: scanned, dueAt: Math.min(...due) };
}

function isEnded(job: OpenJob | EndedJob | undefined): job is EndedJob {
  return job !== undefined && 'judged' in job;
}
