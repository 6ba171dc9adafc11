import { defaultHeartbeatSeconds } from '../lifecycle/hook-plan.ts';
import { ConfigError } from './config-error.ts';
import {
  bucketName,
  clusterName,
  flag,
  hookName,
  type LogLevel,
  listOf,
  logLevel,
  roleArn,
  topicArn,
  wholeNumber,
} from './readers.ts';
import { type Environment, optional, readTable, type Values, withDefault, writeTable } from './table.ts';

export interface ClusterAuditSettings {
  clusterNames: readonly string[];
  /** What our hooks notify, and as whom. */
  topicArn: string;
  roleArn: string;
  heartbeatSeconds: number;
  /** Hooks of these names are ours, whatever they notify. */
  hookNames: readonly string[];
  /** Only groups that are tagged `eks-node-lifecycle/managed=true` are ours. */
  requireTag: boolean;
  reportBucket: string;
  logLevel: LogLevel;
}

const table = {
  clusterNames: withDefault('ENL_CLUSTER_NAMES', listOf(clusterName), []),
  topicArn: optional('ENL_TOPIC_ARN', topicArn),
  roleArn: optional('ENL_HOOK_ROLE_ARN', roleArn),
  heartbeatSeconds: withDefault('ENL_HEARTBEAT_TIMEOUT_SECONDS', wholeNumber(30, 7200), defaultHeartbeatSeconds),
  hookNames: withDefault('ENL_HOOK_NAMES', listOf(hookName), []),
  requireTag: withDefault('ENL_REQUIRE_TAG', flag, false),
  reportBucket: optional('ENL_REPORT_BUCKET', bucketName),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
};

/** The audit's settings out of its environment. Throws ConfigError with every problem. */
export function parseClusterAuditSettings(environment: Environment): ClusterAuditSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...missing(values, environment));
  if (problems.length > 0) throw new ConfigError(problems);
  return values as ClusterAuditSettings;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function clusterAuditEnvironment(settings: ClusterAuditSettings): Record<string, string> {
  const { environment, problems } = writeTable(table, settings);
  problems.push(...missing(settings, environment));
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

/** An audit of nothing would find nothing wrong. */
function missing(values: Partial<Values<typeof table>>, environment: Environment): string[] {
  const needed = ['topicArn', 'roleArn', 'reportBucket'] as const;
  const absent = needed.map((name) => table[name].key).filter((key) => environment[key] === undefined);
  return [
    ...(values.clusterNames?.length === 0 ? ['ENL_CLUSTER_NAMES: names no cluster to look at'] : []),
    ...absent.map((key) => `${key}: is missing`),
  ];
}
