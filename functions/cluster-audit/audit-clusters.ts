import type { GroupHookReads } from '../../shared/adapters/group-hook-reads.ts';
import type { AuditReportPort } from '../../shared/adapters/s3-audit-reports.ts';
import { type AuditReport, auditReport, openBySeverity } from '../../shared/audit/audit-report.ts';
import { groupChecks } from '../../shared/audit/check-groups.ts';
import type { CheckInfo } from '../../shared/audit/finding.ts';
import { type AuditResult, type Place, resultOf } from '../../shared/audit/result.ts';
import { hashing } from '../../shared/audit-files/sha256.ts';
import type { Clock, Log, MetricsPort } from '../../shared/ports.ts';
import type { ClusterAuditSettings } from '../../shared/settings/cluster-audit.ts';
import { auditCluster, type ClusterFindings } from './audit-cluster.ts';

export interface ClusterAuditPorts {
  hooks: Pick<GroupHookReads, 'region' | 'groupsOf' | 'hooksOf'>;
  reports: AuditReportPort;
  clock: Clock;
  log: Log;
  metrics: MetricsPort<'cluster-audit'>;
}

export type ClusterAuditOutput = Pick<AuditReport, 'counts'> & { complete: boolean; report: string };

/** Looks at one cluster after the other and keeps the report; that it succeeded is written last. */
export async function auditClusters(
  settings: ClusterAuditSettings,
  ports: ClusterAuditPorts,
  signal: AbortSignal,
): Promise<ClusterAuditOutput> {
  const { hooks, reports, clock, log } = ports;
  const { clusterNames, requireTag, topicArn, roleArn, heartbeatSeconds, hookNames } = settings;
  const startedAt = clock.now();
  const region = await hooks.region();
  const wishes = { topicArn, roleArn, heartbeatSeconds, hookNames, region };
  const { partition, account } = placeOf(roleArn);
  const all: (ClusterFindings & { cluster: string })[] = [];
  // Auto Scaling limits its describe calls for the whole account, drains included: there is no hurry here.
  for (const cluster of clusterNames) {
    all.push({ cluster, ...(await auditCluster(cluster, { wishes, requireTag }, { hooks, signal })) });
  }
  const place = { account, region };
  const report = auditReport({
    run: {
      ...{ audit: 'cluster-audit', partition, ...place },
      ...{ clusters: clusterNames, allClusters: false, startedAt: new Date(startedAt).toISOString() },
    },
    checks: groupChecks.map(infoOf),
    results: all.flatMap((each) => resultsOf(each, place)),
    leftAlone: all.flatMap(({ leftAlone }) => leftAlone),
  });
  const url = await reports.save(report, signal);
  tell(report, ports);
  const { counts, run } = report;
  const { complete } = run;
  log.info('audit ended', { report: url, seconds: (clock.now() - startedAt) / 1000, complete, counts });
  return { report: url, complete, counts };
}

/** Groups notify with a role of their own account. */
function placeOf(roleArn: string): { partition: string; account: string } {
  const [, partition = '', , , account = ''] = roleArn.split(':');
  return { partition, account };
}

function infoOf({ id, severity, title, docs }: CheckInfo): CheckInfo {
  return { id, severity, title, docs };
}

function resultsOf({ said, cluster }: ClusterFindings & { cluster: string }, place: Place): AuditResult[] {
  return said.map(([check, judged]) => resultOf(check, judged, { ...place, cluster }, hashing));
}

function tell({ results, counts }: AuditReport, { log, metrics }: ClusterAuditPorts): void {
  for (const { evidence: _, ...result } of results.filter(({ status }) => status !== 'PASS')) {
    log.warn('audit finding', result);
  }
  for (const [Severity, count] of openBySeverity(results)) metrics.add('AuditFindings', 'Count', count, { Severity });
  metrics.add('AuditUnknowns', 'Count', counts.UNKNOWN);
  metrics.add('AuditsSucceeded', 'Count', 1);
}
