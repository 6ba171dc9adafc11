import type { AuditHistoryPort } from '../adapters/s3-audit-history.ts';
import type { NotImported, SecurityHubPort } from '../adapters/security-hub.ts';
import type { AuditReport } from '../audit/audit-report.ts';
import { type AsffFinding, asffBatches } from '../audit/render/asff.ts';
import type { AuditResult } from '../audit/result.ts';
import type { Log } from '../ports.ts';

export interface SecurityHubPorts {
  securityHub: SecurityHubPort;
  history: Pick<AuditHistoryPort, 'remember'>;
  log: Log;
}

/**
 * Imports what a run found and archives what is gone, and remembers what lies there now: what could not be imported or archived is made up
 * for by the next run. Whether nothing was left; throws when that cannot be remembered.
 */
export async function fillSecurityHub(
  report: AuditReport,
  before: AuditReport | undefined,
  { securityHub, history, log }: SecurityHubPorts,
  signal: AbortSignal,
): Promise<boolean> {
  const batches = asffBatches(report, before);
  const failed = await importAll(batches, securityHub, signal);
  if (failed.length > 0) {
    const [{ code, message } = { code: '', message: '' }] = failed;
    log.error('audit not told', { to: 'Security Hub', findings: failed.length, error: `${code}: ${message}` });
  }
  await history.remember('security-hub', thereNow(report, before, failed), undefined, signal);
  return failed.length === 0;
}

/** What was not taken. After a call that failed altogether nothing more is tried: it would fail as well. */
async function importAll(
  batches: readonly (readonly AsffFinding[])[],
  securityHub: SecurityHubPort,
  signal: AbortSignal,
): Promise<NotImported[]> {
  const failed: NotImported[] = [];
  for (const [at, batch] of batches.entries()) {
    try {
      failed.push(...(await securityHub.importFindings(batch, signal)));
    } catch (error) {
      signal.throwIfAborted();
      const { name: code, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      const rest = batches.slice(at).flat();
      return [...failed, ...rest.map(({ Id: id }) => ({ id, code, message }))];
    }
  }
  return failed;
}

/** The report with what lies in Security Hub: without what was not taken, and with what was not archived. */
function thereNow(report: AuditReport, before: AuditReport | undefined, failed: readonly NotImported[]): AuditReport {
  const earlier = before ? [...before.results, ...before.unseen] : [];
  const there = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const lost = new Set(failed.map(({ id }) => id.slice(id.lastIndexOf('/') + 1)));
  const now = new Set([...report.results, ...report.unseen].map(({ fingerprint }) => fingerprint));
  const isThere = ({ fingerprint }: AuditResult) => !lost.has(fingerprint) || there.has(fingerprint);
  const notArchived = earlier.filter(({ fingerprint }) => lost.has(fingerprint) && !now.has(fingerprint));
  return {
    ...report,
    results: report.results.filter(isThere),
    unseen: [...report.unseen, ...notArchived],
  };
}
