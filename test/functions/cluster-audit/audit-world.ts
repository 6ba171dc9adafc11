import { auditClusters, type ClusterAuditPorts } from '../../../functions/cluster-audit/audit-clusters.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { groupOf, roleArn, topicArn } from '../../shared/lifecycle/hook-builders.ts';

const never = new AbortController().signal;

/** The audit of a cluster with a group that has no hook and one that cannot be read, and what it wrote. */
export function createWorld() {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const metrics: { name: string; dimensions: Record<string, string> | undefined }[] = [];
  const saved: AuditReport[] = [];
  const line =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields });
  const ports: ClusterAuditPorts = {
    hooks: {
      region: async () => 'eu-west-1',
      groupsOf: async () => [groupOf(), groupOf({ name: 'broken' })],
      hooksOf: async (name) => (name === 'broken' ? Promise.reject(new Error('describing: InternalFailure')) : []),
    },
    reports: { save: async (report) => `s3://bucket/${saved.push(report)}` },
    clock: { now: () => Date.UTC(2026, 0, 31, 12), sleep: async () => {} },
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: {
      add: (name, _unit, _value, dimensions?: Record<string, string>) => void metrics.push({ name, dimensions }),
    },
  };
  const settings = {
    clusterNames: ['demo'],
    ...{ topicArn, roleArn, heartbeatSeconds: 1800, hookNames: [], requireTag: false, reportBucket: 'bucket' },
    logLevel: 'info',
  } as const;
  return { lines, metrics, saved, audit: () => auditClusters(settings, ports, never) };
}
