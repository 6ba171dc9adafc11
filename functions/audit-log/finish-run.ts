import { hashing } from '../../shared/audit-files/sha256.ts';
import { endRun } from '../../shared/audit-run/end-run.ts';
import { recallReport } from '../../shared/audit-run/recall-report.ts';
import { logAudit, logReport } from '../../shared/log-audit/log-report.ts';
import type { EndedJob, LogRunPlan } from '../../shared/log-audit/log-run.ts';
import { lookedAtAfter } from '../../shared/log-audit/looked-at.ts';
import type { ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import { costUsd } from '../../shared/log-query/cost.ts';
import type { AuditLogPorts, AuditLogRun } from './audit-log-ports.ts';
import type { RunFiles } from './run-files.ts';

/**
 * Makes the report of what all jobs found, tells it, and only then remembers until when was looked: what was not told, and what could not be
 * asked, the next run asks for again.
 */
export async function finishRun(
  plan: LogRunPlan,
  ended: readonly EndedJob[],
  { run: { where }, queries }: { run: AuditLogRun; queries: readonly ScheduledQuery[] },
  { files, ...ports }: AuditLogPorts & { files: RunFiles },
  signal: AbortSignal,
): Promise<void> {
  const { clock, log, metrics } = ports;
  const waivers = await ports.waivers(signal);
  const before = await recallReport('latest', { audit: logAudit, ...where }, ports, signal);
  const report = logReport({ plan, ended, queries, where, waivers, before }, hashing);
  const { told, ...output } = await endRun(report, before, ports, signal);
  if (told) await files.lookedAt.save(lookedAtAfter(await files.lookedAt.load(signal), plan, ended), signal);

  const bytesScanned = ended.reduce((sum, each) => sum + each.bytesScanned, 0);
  metrics.add('LogBytesScanned', 'Bytes', bytesScanned);
  const { counts, run } = report;
  const cost = { bytesScanned, usd: costUsd(bytesScanned, where.region) };
  const seconds = (clock.now() - Date.parse(plan.startedAt)) / 1000;
  log.info('audit ended', { ...output, seconds, complete: run.complete, counts, ...cost });
}
