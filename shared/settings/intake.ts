import type { EventAction } from '../lifecycle/action.ts';
import { ConfigError } from './config-error.ts';
import {
  accountId,
  clusterName,
  type LogLevel,
  listOf,
  logLevel,
  stateMachineArn,
  tickNetworks,
  topicArn,
} from './readers.ts';
import { type Environment, optional, readTable, type Values, withDefault, writeTable } from './table.ts';

export type ActionKind = EventAction['kind'];

export interface IntakeSettings {
  /** undefined: the account that the function itself runs in. */
  account: string | undefined;
  /** Topics whose messages are believed; none: every topic of our account. */
  topicArns: readonly string[];
  /** Which state machine works on which kind of action; a kind without one is ignored. */
  stateMachines: Readonly<Partial<Record<ActionKind, string>>>;
  /** Where clusters without a public endpoint are reached from. */
  networks: readonly TickNetwork[];
  /** The cluster of groups that name none; asked for only where there are networks. */
  clusterName: string | undefined;
  logLevel: LogLevel;
}

/** The machines whose ticks run in one network, and the clusters that they work on. Notices go to the machine of terminations. */
export interface TickNetwork {
  clusters: readonly string[];
  terminate: string;
  launch: string;
}

const stateMachineTable = {
  terminate: optional('ENL_STATE_MACHINE_TERMINATE', stateMachineArn),
  launch: optional('ENL_STATE_MACHINE_LAUNCH', stateMachineArn),
  'spot-interruption': optional('ENL_STATE_MACHINE_SPOT_INTERRUPTION', stateMachineArn),
  rebalance: optional('ENL_STATE_MACHINE_REBALANCE', stateMachineArn),
  'state-change': optional('ENL_STATE_MACHINE_STATE_CHANGE', stateMachineArn),
  'scheduled-change': optional('ENL_STATE_MACHINE_SCHEDULED_CHANGE', stateMachineArn),
} satisfies Record<ActionKind, unknown>;

const table = {
  account: optional('ENL_ACCOUNT', accountId),
  topicArns: withDefault('ENL_TOPIC_ARNS', listOf(topicArn), []),
  networks: optional('ENL_NETWORKS', tickNetworks),
  clusterName: optional('ENL_CLUSTER_NAME', clusterName),
  logLevel: withDefault('ENL_LOG_LEVEL', logLevel, 'info'),
  ...stateMachineTable,
};

const kinds = Object.keys(stateMachineTable) as ActionKind[];

/** The intake's settings out of its environment. Throws ConfigError with every problem. */
export function parseIntakeSettings(environment: Environment): IntakeSettings {
  const { values, problems } = readTable(table, environment);
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  const { networks, ...rest } = values as Values<typeof table>;
  const { account, topicArns, clusterName, logLevel, ...machines } = rest;
  const set = Object.entries(machines).filter(([, arn]) => arn !== undefined);
  const stateMachines = Object.fromEntries(set);
  return { account, topicArns, clusterName, logLevel, stateMachines, networks: JSON.parse(networks ?? '[]') };
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function intakeEnvironment({ stateMachines, networks, ...settings }: IntakeSettings): Record<string, string> {
  const machines = Object.fromEntries(kinds.map((kind) => [kind, stateMachines[kind]]));
  const written = networks.length === 0 ? undefined : JSON.stringify(networks);
  const values = { ...settings, networks: written, ...machines } as Values<typeof table>;
  const { environment, problems } = writeTable(table, values);
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

function contradictions(values: Partial<Values<typeof table>>): string[] {
  const problems: string[] = [];
  if (kinds.every((kind) => kind in values && values[kind] === undefined)) {
    problems.push('ENL_STATE_MACHINE_TERMINATE: no kind of action has a state machine');
  }
  for (const kind of kinds) {
    const owner = values[kind]?.split(':')[4];
    if (values.account && owner && isAccount(owner) && isAccount(values.account) && owner !== values.account) {
      problems.push(`${stateMachineTable[kind].key}: is in another account than ENL_ACCOUNT`);
    }
  }
  return problems;
}

const isAccount = (text: string) => /^\d{12}$/.test(text);
