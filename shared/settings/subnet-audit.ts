import { ConfigError } from './config-error.ts';
import { bucketName, clusterName, flag, type LogLevel, listOf, logLevel, s3Url, topicArn } from './readers.ts';
import { type Environment, optional, readTable, withDefault, writeTable } from './table.ts';

export interface SubnetAuditSettings {
  /** Empty: all of the region. */
  clusterNames: readonly string[];
  /** Whether to read what the clusters' API servers know, too. */
  kubernetes: boolean;
  /** `s3://BUCKET/KEY` of a file of waivers. */
  waivers: string | undefined;
  /** Is told in words what is new and what is resolved; EventBridge is told in any case. */
  topicArn: string | undefined;
  securityHub: boolean;
  reportBucket: string;
  logLevel: LogLevel;
}

const table = {
  clusterNames: withDefault('ENL_CLUSTER_NAMES', listOf(clusterName), []),
  kubernetes: withDefault('ENL_KUBERNETES', flag, true),
  waivers: optional('ENL_WAIVERS', s3Url),
  topicArn: optional('ENL_TOPIC_ARN', topicArn),
  securityHub: withDefault('ENL_SECURITY_HUB', flag, false),
  reportBucket: optional('ENL_REPORT_BUCKET', bucketName),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
};

/** The audit's settings out of its environment. Throws ConfigError with every problem. */
export function parseSubnetAuditSettings(environment: Environment): SubnetAuditSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...missing(environment));
  if (problems.length > 0) throw new ConfigError(problems);
  return values as SubnetAuditSettings;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function subnetAuditEnvironment(settings: SubnetAuditSettings): Record<string, string> {
  const { environment, problems } = writeTable(table, settings);
  problems.push(...missing(environment));
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

function missing(environment: Environment): string[] {
  const { key } = table.reportBucket;
  return environment[key] === undefined ? [`${key}: is missing`] : [];
}
