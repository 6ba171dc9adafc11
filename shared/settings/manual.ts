import { type DrainPolicy, defaultPolicy } from '../lifecycle/policy.ts';
import { ConfigError } from './config-error.ts';
import { bucketName, folderPath, type LogLevel, logLevel, stateMachineArn } from './readers.ts';
import { type Environment, optional, readTable, type Values, withDefault, writeTable } from './table.ts';
import { drainTable } from './terminate.ts';

export interface ManualSettings {
  /** Takes a request from node to node. */
  requestMachineArn: string;
  /** Drains one node. */
  drainMachineArn: string;
  /** Where drains keep their reports: a bucket, or a folder on this machine. */
  reportBucket: string | undefined;
  reportFolder: string | undefined;
  logLevel: LogLevel;
  /** What holds where a request says nothing. */
  policy: DrainPolicy;
}

const table = {
  requestMachineArn: optional('ENL_STATE_MACHINE_REQUEST', stateMachineArn),
  drainMachineArn: optional('ENL_STATE_MACHINE_DRAIN', stateMachineArn),
  reportBucket: optional('ENL_REPORT_BUCKET', bucketName),
  reportFolder: optional('ENL_REPORT_FOLDER', folderPath),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
  ...drainTable,
};

const policyKeys = Object.keys(drainTable) as (keyof typeof drainTable)[];

/** The settings of drains by hand out of their environment. Throws ConfigError with every problem. */
export function parseManualSettings(environment: Environment): ManualSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...missing(environment));
  if (problems.length > 0) throw new ConfigError(problems);
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !isPolicyKey(name)));
  const policy = Object.fromEntries(policyKeys.map((key) => [key, values[key]]));
  return { ...own, policy: { ...defaultPolicy, ...policy } } as ManualSettings;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function manualEnvironment({ policy, ...settings }: ManualSettings): Record<string, string> {
  const ofPolicy = Object.fromEntries(policyKeys.map((key) => [key, policy[key]]));
  const { environment, problems } = writeTable(table, { ...settings, ...ofPolicy } as Values<typeof table>);
  problems.push(...missing(environment));
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

const isPolicyKey = (name: string) => (policyKeys as string[]).includes(name);

function missing(environment: Environment): string[] {
  const keys = [table.requestMachineArn.key, table.drainMachineArn.key];
  return keys.filter((key) => environment[key] === undefined).map((key) => `${key}: is missing`);
}
