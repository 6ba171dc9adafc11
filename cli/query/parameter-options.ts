import type { Command } from 'commander';

/** Of all queries; which of them a query has, `enl query show` says. */
const described = {
  node: 'the name of a Node object',
  namespace: 'only objects of this namespace',
  pod: 'only this pod',
  user: 'only what this user did, by the name that Kubernetes knows it by',
  role: 'only this role and its bindings',
  minutes: 'what took longer than this is a finding',
  by: 'what to count by',
} as const;

export type ParameterName = keyof typeof described;
export type ParameterOptions = { [Name in ParameterName]?: string };
export const parameterNames = Object.keys(described) as ParameterName[];

/** What a value may be is checked with the query, which alone knows. */
export function addParameterOptions(command: Command): Command {
  for (const name of parameterNames) command.option(`--${name} <value>`, described[name]);
  return command;
}
