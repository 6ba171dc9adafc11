import type { NewsPort } from '../adapters/audit-topic.ts';
import type { AuditHistoryPort } from '../adapters/s3-audit-history.ts';
import type { SecurityHubPort } from '../adapters/security-hub.ts';
import type { Log, MetricsPort } from '../ports.ts';

/** Whoever hears of a run. */
export interface AuditRunPorts {
  history: AuditHistoryPort;
  /** Each is told what is new and what is resolved. */
  news: readonly NewsPort[];
  securityHub: SecurityHubPort | undefined;
  log: Log;
  /** Any audit that tells writes what this one does. */
  metrics: MetricsPort<'subnet-audit'>;
}
