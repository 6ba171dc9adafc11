import type { NewsPort } from '../../shared/adapters/audit-topic.ts';
import type { SnapshotWishes } from '../../shared/adapters/network-snapshot.ts';
import type { AuditHistoryPort } from '../../shared/adapters/s3-audit-history.ts';
import type { SecurityHubPort } from '../../shared/adapters/security-hub.ts';
import { type AuditReport, openBySeverity } from '../../shared/audit/audit-report.ts';
import { compareRuns, type RunChanges } from '../../shared/audit/compare-runs.ts';
import type { NetworkSnapshot } from '../../shared/audit/network/snapshot.ts';
import { networkReport, subnetAudit } from '../../shared/audit/network-report.ts';
import type { AuditNews } from '../../shared/audit/render/changes-text.ts';
import { isFinding, isOpen, type Place } from '../../shared/audit/result.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import { readReport } from '../../shared/audit-files/read-report.ts';
import { hashing } from '../../shared/audit-files/sha256.ts';
import type { Clock, Log, MetricsPort } from '../../shared/ports.ts';
import { fillSecurityHub } from './fill-security-hub.ts';

export interface SubnetAuditPorts {
  takeSnapshot(wishes: SnapshotWishes, signal: AbortSignal): Promise<NetworkSnapshot>;
  /** Throws when they are wrong: nobody knows then what is waived. */
  waivers(signal: AbortSignal): Promise<WaiverFile | undefined>;
  history: AuditHistoryPort;
  /** Each is told what is new and what is resolved. */
  news: readonly NewsPort[];
  securityHub: SecurityHubPort | undefined;
  clock: Clock;
  log: Log;
  metrics: MetricsPort<'subnet-audit'>;
}

export type SubnetAuditOutput = Pick<AuditReport, 'counts'> & {
  complete: boolean;
  report: string;
  new: number;
  resolved: number;
};

/**
 * Looks at the networks of clusters once, keeps what it found, and tells what has changed since the run before. Throws when it could not look
 * at all or its report cannot be kept. That somebody could not be told is no reason to look again: the next run tells it.
 */
export async function auditSubnets(
  { clusterNames }: { clusterNames: readonly string[] },
  ports: SubnetAuditPorts,
  signal: AbortSignal,
): Promise<SubnetAuditOutput> {
  const { history, clock, log, metrics } = ports;
  const startedAt = clock.now();
  const waivers = await ports.waivers(signal);
  const snapshot = await ports.takeSnapshot({ clusterNames, vpcIds: [] }, signal);
  const before = await recalled('latest', snapshot, ports, signal);
  const report = networkReport(snapshot, { startedAt: new Date(startedAt).toISOString(), waivers, before }, hashing);
  const { renderAuditPage } = await import('../../shared/audit-page/render-audit-page.ts');
  const page = await renderAuditPage(report);
  const url = await history.keep(report, page, signal);

  const changes = changesSince(before, report);
  write(report, changes, ports);
  const untold = await tell({ report, changes, url }, ports, signal);
  // What was not told is still new the next time.
  if (untold === 0) await history.remember('latest', report, page, signal);
  const unfilled = ports.securityHub ? await fill(report, ports.securityHub, ports, signal) : 0;
  metrics.add('AuditTellingsFailed', 'Count', untold + unfilled);
  const { counts, run } = report;
  const { complete } = run;
  const changed = { new: changes.new.length, resolved: changes.resolved.length };
  metrics.add('AuditsSucceeded', 'Count', 1);
  log.info('audit ended', { report: url, seconds: (clock.now() - startedAt) / 1000, complete, counts, ...changed });
  return { report: url, complete, counts, ...changed };
}

async function fill(
  report: AuditReport,
  securityHub: SecurityHubPort,
  ports: SubnetAuditPorts,
  signal: AbortSignal,
): Promise<0 | 1> {
  const { history, log } = ports;
  const before = await recalled('security-hub', report.run, ports, signal);
  return (await fillSecurityHub(report, before, { securityHub, history, log }, signal)) ? 0 : 1;
}

async function recalled(
  name: Parameters<AuditHistoryPort['recall']>[0],
  { account, region }: Place,
  { history, log }: SubnetAuditPorts,
  signal: AbortSignal,
): Promise<AuditReport | undefined> {
  const text = await history.recall(name, { audit: subnetAudit, account, region }, signal);
  if (text === undefined) return undefined;
  try {
    return readReport(text, `the remembered report ${name}`);
  } catch (error) {
    // Of another version, or damaged: better all is new once more than never an audit again.
    log.warn('remembered report unusable', { error });
    return undefined;
  }
}

function changesSince(before: AuditReport | undefined, report: AuditReport): Pick<RunChanges, 'new' | 'resolved'> {
  return before ? compareRuns(before, report) : { new: report.results.filter(isOpen), resolved: [] };
}

function write(
  { results, counts }: AuditReport,
  changes: Pick<RunChanges, 'new'>,
  { log, metrics }: SubnetAuditPorts,
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

/** How many could not be told; at least once, since whoever heard it is told again when another did not. */
async function tell(news: AuditNews, { news: listeners, log }: SubnetAuditPorts, signal: AbortSignal): Promise<number> {
  if (news.changes.new.length + news.changes.resolved.length === 0) return 0;
  const outcomes = await Promise.allSettled(listeners.map((listener) => listener.tell(news, signal)));
  signal.throwIfAborted();
  const failed = outcomes.flatMap((each, at) =>
    each.status === 'rejected' ? [{ to: listeners[at]?.name, error: each.reason }] : [],
  );
  // The audit itself is well; the next run tells it.
  for (const each of failed) log.error('audit not told', { ...each, report: news.url });
  return failed.length;
}
