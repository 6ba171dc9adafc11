import type { AuditReport } from '../audit/audit-report.ts';
import { compareRuns, type RunChanges } from '../audit/compare-runs.ts';
import { isOpen } from '../audit/result.ts';
import type { AuditRunPorts } from './audit-run-ports.ts';
import { fillSecurityHub } from './fill-security-hub.ts';
import { recallReport } from './recall-report.ts';
import { tellNews } from './tell-news.ts';
import { writeFindings } from './write-findings.ts';

export interface EndedRun {
  /** Where the report lies. */
  report: string;
  new: number;
  resolved: number;
  /** Everybody heard it, so that it is remembered; otherwise what is new is still new to the next run. */
  told: boolean;
}

/**
 * Keeps the report of a run, tells what has changed since the run before, and remembers it. Throws when the report cannot be kept. That
 * somebody could not be told is no reason to look again: the next run tells it.
 */
export async function endRun(
  report: AuditReport,
  before: AuditReport | undefined,
  ports: AuditRunPorts,
  signal: AbortSignal,
): Promise<EndedRun> {
  const { history, metrics } = ports;
  const { renderAuditPage } = await import('../audit-page/render-audit-page.ts');
  const page = await renderAuditPage(report);
  const url = await history.keep(report, page, signal);

  const changes = changesSince(before, report);
  writeFindings(report, changes, ports);
  const untold = await tellNews({ report, changes, url }, ports, signal);
  // What was not told is still new the next time.
  if (untold === 0) await history.remember('latest', report, page, signal);
  const unfilled = await fill(report, ports, signal);
  metrics.add('AuditTellingsFailed', 'Count', untold + unfilled);
  metrics.add('AuditsSucceeded', 'Count', 1);
  return { report: url, new: changes.new.length, resolved: changes.resolved.length, told: untold === 0 };
}

async function fill(
  report: AuditReport,
  { securityHub, history, log }: AuditRunPorts,
  signal: AbortSignal,
): Promise<0 | 1> {
  if (!securityHub) return 0;
  const before = await recallReport('security-hub', report.run, { history, log }, signal);
  return (await fillSecurityHub(report, before, { securityHub, history, log }, signal)) ? 0 : 1;
}

function changesSince(before: AuditReport | undefined, report: AuditReport): Pick<RunChanges, 'new' | 'resolved'> {
  return before ? compareRuns(before, report) : { new: report.results.filter(isOpen), resolved: [] };
}
