import type { GroupHookReads } from '../../shared/adapters/group-hook-reads.ts';
import type { AuditReportPort } from '../../shared/adapters/s3-audit-reports.ts';
import { type AuditReport, auditReport, wrongBySeverity } from '../../shared/audit/audit-report.ts';
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

export type ClusterAuditOutput = Pick<AuditReport, 'complete' | 'counts'> & { report: string };

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
  const all: ClusterFindings[] = [];
  // Auto Scaling limits its describe calls for the whole account, drains included: there is no hurry here.
  for (const clusterName of clusterNames) {
    all.push(await auditCluster(clusterName, { wishes, requireTag }, { hooks, signal }));
  }
  const report = auditReport({
    audit: 'cluster-audit',
    region,
    startedAt,
    clusters: clusterNames,
    findings: all.flatMap(({ findings }) => findings),
    leftAlone: all.flatMap(({ leftAlone }) => leftAlone),
  });
  const url = await reports.save(report, signal);
  tell(report, ports);
  const { complete, counts } = report;
  log.info('audit ended', { report: url, seconds: (clock.now() - startedAt) / 1000, complete, counts });
  return { report: url, complete, counts };
}

function tell({ findings, counts }: AuditReport, { log, metrics }: ClusterAuditPorts): void {
  for (const { evidence: _, ...finding } of findings.filter(({ status }) => status !== 'PASS')) {
    log.warn('audit finding', finding);
  }
  for (const [Severity, count] of wrongBySeverity(findings)) metrics.add('AuditFindings', 'Count', count, { Severity });
  metrics.add('AuditUnknowns', 'Count', counts.UNKNOWN);
  metrics.add('AuditsSucceeded', 'Count', 1);
}
