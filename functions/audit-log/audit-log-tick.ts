import { fewAtOnce } from '../../shared/hooks/few-at-once.ts';
import type { LogRunPlan } from '../../shared/log-audit/log-run.ts';
import { lookedAtFrom } from '../../shared/log-audit/looked-at.ts';
import { type AuditLogPorts, type AuditLogRun, type AuditLogWishes, bytesAGigabyte } from './audit-log-ports.ts';
import { finishRun } from './finish-run.ts';
import { planRun } from './plan-run.ts';
import { type RunFiles, runFiles } from './run-files.ts';
import { type Progress, runJobs } from './run-jobs.ts';

export interface AuditLogOutput {
  done: boolean;
  waitSeconds: number;
  state: Progress;
}

/** A query may run for an hour, and wait for others before. */
const runMilliseconds = 3 * 3_600_000;
/** What a report takes to be kept and told. */
const finishMilliseconds = 120_000;
const loadsAtOnce = 8;
const [leastWaitSeconds, mostWaitSeconds] = [1, 60];

/**
 * One tick of a run: makes its plan, or goes on with it, and ends it when all its jobs have ended. A tick that is made twice, or again after it
 * was killed, asks again for what it cannot know, and finds and tells the same.
 */
export async function auditLogTick(
  { state, ...run }: AuditLogRun & { state: Progress | null },
  wishes: AuditLogWishes,
  given: AuditLogPorts,
  { endsAt, signal }: { endsAt: number; signal: AbortSignal },
): Promise<AuditLogOutput> {
  const ports = { ...given, files: runFiles(run, given.texts, given.log) };
  const { queries, maxGigabytes } = wishes;
  const plan = await planOf(run, wishes, ports, signal);
  const begun = state ?? { ended: [], bytesScanned: 0 };
  const limits = {
    queries,
    maxBytes: maxGigabytes * bytesAGigabyte,
    untilMs: Date.parse(run.startedAt) + runMilliseconds,
  };
  const { dueAt, ...progress } = await runJobs(
    plan,
    begun,
    { ...limits, endsAt: endsAt - finishMilliseconds },
    ports,
    signal,
  );
  const again = (waitSeconds: number, to: Progress = progress) => {
    given.log.debug('tick ended', { ended: to.ended.length, jobs: plan.jobs.length, waitSeconds });
    return { done: false, waitSeconds, state: to };
  };
  if (progress.ended.length < plan.jobs.length) {
    const wait = Math.ceil((dueAt - given.clock.now()) / 1000);
    return again(
      Number.isFinite(wait) ? Math.min(mostWaitSeconds, Math.max(leastWaitSeconds, wait)) : leastWaitSeconds,
    );
  }
  const ended = await endedJobs(plan, ports, signal);
  // Another tick of the same run has changed the plan.
  if (!ended) return again(leastWaitSeconds, { ended: [], bytesScanned: 0 });
  await finishRun(plan, ended, { run, queries }, ports, signal);
  return { done: true, waitSeconds: 0, state: progress };
}

async function planOf(
  run: AuditLogRun,
  wishes: AuditLogWishes,
  ports: AuditLogPorts & { files: RunFiles },
  signal: AbortSignal,
): Promise<LogRunPlan> {
  const { files, log } = ports;
  const made = await files.plan.load(signal);
  if (made) return made;
  // Before anything is paid for.
  await ports.waivers(signal);
  const lookedAt = await files.lookedAt.load(signal);
  const plan = await planRun(wishes, run, lookedAt, ports, signal);
  const from = lookedAtFrom(lookedAt, plan);
  if (from) await files.lookedAt.save(from, signal);
  await files.plan.save(plan, signal);
  log.info('audit began', { clusters: plan.clusters, jobs: plan.jobs.length, blind: plan.blind.length });
  return plan;
}

async function endedJobs({ jobs }: LogRunPlan, { files }: { files: RunFiles }, signal: AbortSignal) {
  const found = await fewAtOnce(loadsAtOnce, jobs, (job) => files.loadJob(job, signal));
  const ended = found.flatMap((each) => (each && 'judged' in each ? [each] : []));
  return ended.length === jobs.length ? ended : undefined;
}
