import type { TextsPort } from '../../shared/adapters/s3-texts.ts';
import type { Place } from '../../shared/audit/result.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import type { AuditRunPorts } from '../../shared/audit-run/audit-run-ports.ts';
import type { ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import type { ClusterLoggingPort } from '../../shared/log-query/cluster-logging-port.ts';
import type { QueryPorts } from '../../shared/log-query/query-wish.ts';
import type { MetricsPort } from '../../shared/ports.ts';
import type { AuditLogSettings } from '../../shared/settings/audit-log.ts';

export interface AuditLogPorts extends Omit<AuditRunPorts, 'metrics'>, Omit<QueryPorts, 'progress'> {
  /** Of all clusters of the region. */
  clusterNames(signal: AbortSignal): Promise<string[]>;
  logging: ClusterLoggingPort;
  /** Throws when they are wrong: nobody knows then what is waived. */
  waivers(signal: AbortSignal): Promise<WaiverFile | undefined>;
  texts: TextsPort;
  metrics: MetricsPort<'audit-log'>;
}

export const bytesAGigabyte = 1e9;

export type AuditLogWishes = Pick<
  AuditLogSettings,
  'clusterNames' | 'cloudTrailLogGroup' | 'firstWindowHours' | 'overlapMinutes' | 'deliveryLagMinutes' | 'maxGigabytes'
> & { queries: readonly ScheduledQuery[] };

/** Which run it is, and where. */
export interface AuditLogRun {
  execution: string;
  /** In ISO 8601. */
  startedAt: string;
  where: Place & { partition: string };
}
