import { defaultNoticePolicy, type NoticePolicy } from '../lifecycle/notice-policy.ts';
import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import type { LoadBalancerMode } from '../lifecycle/registration.ts';
import { ConfigError } from './config-error.ts';
import {
  bucketName,
  clusterName,
  flag,
  folderPath,
  hookName,
  type LogLevel,
  listOf,
  logLevel,
  namespaceName,
  oneOf,
  topicArn,
  wholeNumber,
} from './readers.ts';
import { type Environment, optional, readTable, type Values, withDefault, writeTable } from './table.ts';

export interface TerminateSettings {
  /** A hook is ours when it has one of these names … */
  hookNames: readonly string[];
  /** … or notifies one of these topics. */
  topicArns: readonly string[];
  /** Only groups that are tagged `eks-node-lifecycle/managed=true` are ours. */
  requireTag: boolean;
  /** Answers when neither the hook's metadata nor the group's tags name a cluster. */
  clusterName: string | undefined;
  /** Where reports lie: a bucket, or a folder on this machine. */
  reportBucket: string | undefined;
  reportFolder: string | undefined;
  /** Namespace of our Leases. */
  leaseNamespace: string;
  /** What to do about target groups and Classic Load Balancers, beyond the label on the node. */
  loadBalancers: LoadBalancerMode;
  logLevel: LogLevel;
  policy: DrainPolicy;
  notices: NoticePolicy;
}

const twoDays = 172_800;

export const drainTable = {
  deadlineSeconds: withDefault('ENL_DEADLINE_SECONDS', wholeNumber(1, twoDays), defaultPolicy.deadlineSeconds),
  reserveSeconds: withDefault('ENL_RESERVE_SECONDS', wholeNumber(0, 3600), defaultPolicy.reserveSeconds),
  onDeadline: withDefault<DrainPolicy['onDeadline']>(
    'ENL_ON_DEADLINE',
    oneOf('force', 'continue', 'abandon'),
    defaultPolicy.onDeadline,
  ),
  graceCapSeconds: optional('ENL_GRACE_CAP_SECONDS', wholeNumber(1, twoDays)),
  settleSeconds: withDefault('ENL_SETTLE_SECONDS', wholeNumber(0, 300), defaultPolicy.settleSeconds),
  detachSeconds: withDefault('ENL_DETACH_SECONDS', wholeNumber(0, 7200), defaultPolicy.detachSeconds),
  daemonSets: withDefault('ENL_DAEMON_SETS', oneOf('stay', 'evict-last'), defaultPolicy.daemonSets),
  surgeSingletons: withDefault('ENL_SURGE_SINGLETONS', flag, defaultPolicy.surgeSingletons),
  burstSeconds: withDefault('ENL_BURST_SECONDS', wholeNumber(0, 60), defaultPolicy.burstSeconds),
  maxInFlight: withDefault('ENL_MAX_IN_FLIGHT', wholeNumber(1, 1000), defaultPolicy.maxInFlight),
  unreachableSeconds: withDefault('ENL_UNREACHABLE_SECONDS', wholeNumber(1, twoDays), defaultPolicy.unreachableSeconds),
};

export const noticeTable = {
  rebalance: withDefault<NoticePolicy['rebalance']>(
    'ENL_REBALANCE',
    oneOf('off', 'cordon', 'drain'),
    defaultNoticePolicy.rebalance,
  ),
  scheduledChange: withDefault<NoticePolicy['scheduledChange']>(
    'ENL_SCHEDULED_CHANGE',
    oneOf('warn', 'drain'),
    defaultNoticePolicy.scheduledChange,
  ),
  stateChangeSeconds: withDefault(
    'ENL_STATE_CHANGE_SECONDS',
    wholeNumber(0, 600),
    defaultNoticePolicy.stateChangeSeconds,
  ),
  spotReserveSeconds: withDefault(
    'ENL_SPOT_RESERVE_SECONDS',
    wholeNumber(0, 110),
    defaultNoticePolicy.spotReserveSeconds,
  ),
};

const table = {
  hookNames: withDefault('ENL_HOOK_NAMES', listOf(hookName), []),
  topicArns: withDefault('ENL_TOPIC_ARNS', listOf(topicArn), []),
  requireTag: withDefault('ENL_REQUIRE_TAG', flag, false),
  clusterName: optional('ENL_CLUSTER_NAME', clusterName),
  reportBucket: optional('ENL_REPORT_BUCKET', bucketName),
  reportFolder: optional('ENL_REPORT_FOLDER', folderPath),
  leaseNamespace: withDefault('ENL_LEASE_NAMESPACE', namespaceName, 'eks-node-lifecycle'),
  loadBalancers: withDefault<LoadBalancerMode>(
    'ENL_LOAD_BALANCERS',
    oneOf('off', 'wait', 'deregister', 'deregister-all'),
    'wait',
  ),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
  ...drainTable,
  ...noticeTable,
};

/** The tick's settings out of its environment. Throws ConfigError with every problem. */
export function parseTerminateSettings(environment: Environment): TerminateSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  const { hookNames, topicArns, requireTag, clusterName, reportBucket, reportFolder, leaseNamespace, ...rest } =
    values as Values<typeof table>;
  const { loadBalancers, logLevel, rebalance, scheduledChange, stateChangeSeconds, spotReserveSeconds, ...policy } =
    rest;
  const notices = { rebalance, scheduledChange, stateChangeSeconds, spotReserveSeconds };
  const places = { clusterName, reportBucket, reportFolder, leaseNamespace };
  const hooks = { hookNames, topicArns, requireTag };
  return { ...hooks, ...places, loadBalancers, logLevel, policy: { ...defaultPolicy, ...policy }, notices };
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function terminateEnvironment({ policy, notices, ...settings }: TerminateSettings): Record<string, string> {
  const values = { ...settings, ...policy, ...notices };
  const { environment, problems } = writeTable(table, values);
  problems.push(...contradictions(values));
  for (const [name, value] of Object.entries(policy)) {
    const fixed = !(name in drainTable) && value !== defaultPolicy[name as keyof DrainPolicy];
    if (fixed) problems.push(`policy.${name}: no setting changes it`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

function contradictions(values: Partial<Values<typeof table>>): string[] {
  const problems: string[] = [];
  if (values.hookNames?.length === 0 && values.topicArns?.length === 0) {
    problems.push('ENL_HOOK_NAMES, ENL_TOPIC_ARNS: one of them must say which hooks are ours');
  }
  if ('reportBucket' in values && 'reportFolder' in values) {
    const set = [values.reportBucket, values.reportFolder].filter((place) => place !== undefined).length;
    if (set === 0) problems.push('ENL_REPORT_BUCKET, ENL_REPORT_FOLDER: one of them must be set');
    if (set === 2) problems.push('ENL_REPORT_BUCKET, ENL_REPORT_FOLDER: only one of them may be set');
  }
  const { deadlineSeconds = Number.POSITIVE_INFINITY, reserveSeconds = 0, settleSeconds = 0 } = values;
  if (reserveSeconds + settleSeconds >= deadlineSeconds) {
    problems.push('ENL_DEADLINE_SECONDS: leaves no time beside ENL_RESERVE_SECONDS and ENL_SETTLE_SECONDS');
  }
  if ((values.graceCapSeconds ?? 0) > deadlineSeconds) {
    problems.push('ENL_GRACE_CAP_SECONDS: is longer than ENL_DEADLINE_SECONDS');
  }
  return problems;
}
