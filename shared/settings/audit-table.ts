import { ConfigError } from './config-error.ts';
import { bucketName, clusterName, flag, type LogLevel, listOf, logLevel, s3Url, topicArn } from './readers.ts';
import { type Environment, optional, readTable, type Table, type Values, withDefault, writeTable } from './table.ts';

/** What audits that tell what they find have in common. */
export interface AuditSettings {
  /** Empty: all of the region. */
  clusterNames: readonly string[];
  /** `s3://BUCKET/KEY` of a file of waivers. */
  waivers: string | undefined;
  /** Is told in words what is new and what is resolved; EventBridge is told in any case. */
  topicArn: string | undefined;
  securityHub: boolean;
  reportBucket: string;
  logLevel: LogLevel;
}

export const auditTable = {
  clusterNames: withDefault('ENL_CLUSTER_NAMES', listOf(clusterName), []),
  waivers: optional('ENL_WAIVERS', s3Url),
  topicArn: optional('ENL_TOPIC_ARN', topicArn),
  securityHub: withDefault('ENL_SECURITY_HUB', flag, false),
  reportBucket: optional('ENL_REPORT_BUCKET', bucketName),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
};

type AuditTable = Table & typeof auditTable;

/** An audit's settings out of its environment. Throws ConfigError with every problem. */
export function readAuditTable<T extends AuditTable>(table: T, environment: Environment): Partial<Values<T>> {
  const { values, problems } = readTable(table, environment);
  refuse([...problems, ...missing(environment)]);
  return values;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function writeAuditTable<T extends AuditTable>(table: T, settings: Values<T>): Record<string, string> {
  const { environment, problems } = writeTable(table, settings);
  refuse([...problems, ...missing(environment)]);
  return environment;
}

function missing(environment: Environment): string[] {
  const { key } = auditTable.reportBucket;
  return environment[key] === undefined ? [`${key}: is missing`] : [];
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}
