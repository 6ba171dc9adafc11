import { defaultLaunchPolicy, type LaunchPolicy } from '../lifecycle/launch.ts';
import { ConfigError } from './config-error.ts';
import {
  clusterName,
  daemonSets,
  flag,
  hookName,
  type LogLevel,
  listOf,
  logLevel,
  topicArn,
  wholeNumber,
} from './readers.ts';
import { type Environment, optional, readTable, type Values, withDefault, writeTable } from './table.ts';

export interface LaunchFunctionSettings {
  /** A hook is ours when it has one of these names … */
  hookNames: readonly string[];
  /** … or notifies one of these topics. */
  topicArns: readonly string[];
  /** Only groups that are tagged `eks-node-lifecycle/managed=true` are ours. */
  requireTag: boolean;
  /** Answers when neither the hook's metadata nor the group's tags name a cluster. */
  clusterName: string | undefined;
  logLevel: LogLevel;
  policy: LaunchPolicy;
}

const twoDays = 172_800;

export const launchTable = {
  deadlineSeconds: withDefault(
    'ENL_LAUNCH_DEADLINE_SECONDS',
    wholeNumber(1, twoDays),
    defaultLaunchPolicy.deadlineSeconds,
  ),
  reserveSeconds: withDefault('ENL_RESERVE_SECONDS', wholeNumber(0, 3600), defaultLaunchPolicy.reserveSeconds),
  requiredDaemonSets: withDefault('ENL_REQUIRED_DAEMON_SETS', daemonSets, defaultLaunchPolicy.requiredDaemonSets),
  joinBeforeWarmPool: withDefault('ENL_JOIN_BEFORE_WARM_POOL', flag, defaultLaunchPolicy.joinBeforeWarmPool),
  mostAbandoned: withDefault('ENL_MOST_ABANDONED', wholeNumber(1, 1000), defaultLaunchPolicy.mostAbandoned),
  abandonedWindowSeconds: withDefault(
    'ENL_ABANDONED_WINDOW_SECONDS',
    wholeNumber(1, twoDays),
    defaultLaunchPolicy.abandonedWindowSeconds,
  ),
};

const table = {
  hookNames: withDefault('ENL_HOOK_NAMES', listOf(hookName), []),
  topicArns: withDefault('ENL_TOPIC_ARNS', listOf(topicArn), []),
  requireTag: withDefault('ENL_REQUIRE_TAG', flag, false),
  clusterName: optional('ENL_CLUSTER_NAME', clusterName),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
  ...launchTable,
};

/** No DaemonSet at all: an empty variable would be one that somebody forgot to fill. */
const none = ['none'];

/** The tick's settings out of its environment. Throws ConfigError with every problem. */
export function parseLaunchSettings(environment: Environment): LaunchFunctionSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  const { hookNames, topicArns, requireTag, clusterName, logLevel, ...written } = values as Values<typeof table>;
  const requiredDaemonSets = written.requiredDaemonSets.filter((name) => !none.includes(name));
  const named = { hookNames, topicArns, requireTag, clusterName, logLevel };
  return { ...named, policy: { ...written, requiredDaemonSets } };
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function launchEnvironment({ policy, ...settings }: LaunchFunctionSettings): Record<string, string> {
  const requiredDaemonSets = policy.requiredDaemonSets.length === 0 ? none : policy.requiredDaemonSets;
  const values = { ...settings, ...policy, requiredDaemonSets };
  const { environment, problems } = writeTable(table, values);
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

function contradictions(values: Partial<Values<typeof table>>): string[] {
  const problems: string[] = [];
  if (values.hookNames?.length === 0 && values.topicArns?.length === 0) {
    problems.push('ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say which hooks are ours');
  }
  const { deadlineSeconds = Number.POSITIVE_INFINITY, reserveSeconds = 0 } = values;
  if (reserveSeconds >= deadlineSeconds) {
    problems.push('ENL_LAUNCH_DEADLINE_SECONDS: leaves no time beside ENL_RESERVE_SECONDS');
  }
  const { mostAbandoned, abandonedWindowSeconds = Number.POSITIVE_INFINITY } = values;
  const least = (mostAbandoned ?? 0) * (values.deadlineSeconds ?? 0);
  if (abandonedWindowSeconds <= least) {
    const why = 'which that many launches take: a group of one would be replaced for ever';
    problems.push(`ENL_ABANDONED_WINDOW_SECONDS: expected more than ${least}, ${why}`);
  }
  return problems;
}
