import { type AuditReport, openBySeverity } from '../audit/audit-report.ts';
import type { RunChanges } from '../audit/compare-runs.ts';
import { isFinding } from '../audit/result.ts';
import type { AuditRunPorts } from './audit-run-ports.ts';

/** What a run found, in the log and as metrics. */
export function writeFindings(
  { results, counts }: AuditReport,
  changes: Pick<RunChanges, 'new'>,
  { log, metrics }: Pick<AuditRunPorts, 'log' | 'metrics'>,
): void {
  const isNew = new Set(changes.new);
  for (const each of results.filter((result) => isFinding(result) || result.status === 'UNKNOWN')) {
    const { evidence: _, ...result } = each;
    log.warn('audit finding', { ...result, new: isNew.has(each) });
  }
  for (const [Severity, count] of openBySeverity(results)) metrics.add('AuditFindings', 'Count', count, { Severity });
  for (const [Severity, count] of openBySeverity(changes.new)) {
    metrics.add('AuditFindingsNew', 'Count', count, { Severity });
  }
  metrics.add('AuditUnknowns', 'Count', counts.UNKNOWN);
}
