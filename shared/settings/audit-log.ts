import * as z from 'zod/mini';
import { type AuditSettings, auditTable, readAuditTable, writeAuditTable } from './audit-table.ts';
import { listOf, logGroupName, type Reader, wholeNumber } from './readers.ts';
import { type Environment, optional, withDefault } from './table.ts';

export interface AuditLogSettings extends AuditSettings {
  /** Ids or names of the catalogue's queries; empty: all that can tell a finding. */
  queries: readonly string[];
  /** Where a CloudTrail trail of this region writes; undefined: nobody asks who changed access entries. */
  cloudTrailLogGroup: string | undefined;
  /** How far back a cluster is looked at for the first time. */
  firstWindowHours: number;
  /** How much of what a run looked at the next one looks at again, for events that came late. */
  overlapMinutes: number;
  /** How long before now a window ends: CloudWatch has not got the youngest events yet. */
  deliveryLagMinutes: number;
  /** Scanned in a run of all clusters and queries at most: CloudWatch is paid for by it. */
  maxGigabytes: number;
}

const queryName: Reader<string> = z
  .string()
  .check(z.regex(/^(?:[Qq]\d{2}|[a-z0-9]+(?:-[a-z0-9]+)*)$/, 'expected the id or the name of a query'));

const table = {
  ...auditTable,
  queries: withDefault('ENL_QUERIES', listOf(queryName), []),
  cloudTrailLogGroup: optional('ENL_CLOUDTRAIL_LOG_GROUP', logGroupName),
  firstWindowHours: withDefault('ENL_FIRST_WINDOW_HOURS', wholeNumber(1, 168), 24),
  overlapMinutes: withDefault('ENL_OVERLAP_MINUTES', wholeNumber(0, 720), 15),
  deliveryLagMinutes: withDefault('ENL_DELIVERY_LAG_MINUTES', wholeNumber(0, 60), 10),
  maxGigabytes: withDefault('ENL_MAX_GIGABYTES', wholeNumber(1, 100_000), 100),
};

/** The audit's settings out of its environment. Throws ConfigError with every problem. */
export function parseAuditLogSettings(environment: Environment): AuditLogSettings {
  return readAuditTable(table, environment) as AuditLogSettings;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function auditLogEnvironment(settings: AuditLogSettings): Record<string, string> {
  return writeAuditTable(table, settings);
}
