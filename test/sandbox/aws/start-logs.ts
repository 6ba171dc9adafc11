import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { startAws } from './start-aws.ts';

export const group = '/aws/eks/prod/cluster';
export const auditStream = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';
/** 2026-01-31T12:00:00Z, the time of the sandbox's clock. */
export const noonSeconds = Date.UTC(2026, 0, 31, 12) / 1000;

/** An audit event so many milliseconds before noon. */
export function event(beforeNoonMs: number, more: Record<string, unknown> = {}) {
  const timestampMs = noonSeconds * 1000 - beforeNoonMs;
  const told = { kind: 'Event', stage: 'ResponseComplete', stageTimestamp: new Date(timestampMs).toISOString() };
  return { timestampMs, message: JSON.stringify({ ...told, ...more }) };
}

/** The sandbox with a cluster's log group, in which these events are; and a client of it. */
export async function startLogs(events: readonly ReturnType<typeof event>[] = []) {
  const aws = await startAws();
  const { logs } = aws.sandbox;
  logs.addGroup(group, { createdAt: Date.UTC(2025, 0, 1), retentionDays: 90 });
  logs.putEvents(group, auditStream, events);
  const client = new CloudWatchLogsClient(aws.clientOptions);
  return { ...aws, logs, client };
}
