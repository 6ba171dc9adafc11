import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ManualTarget } from '../../shared/manual/target.ts';
import { CommandError } from '../command-error.ts';
import type { Connection } from '../connect/connection.ts';
import { tell } from '../run-command.ts';

/** Which nodes, as they were named. */
export interface TargetOptions {
  instance?: string;
  selector?: string;
  asg?: string;
}

const group = 'Which nodes:';

export function addTargetOptions(command: Command): Command {
  return command
    .argument('[node...]', 'names of nodes')
    .addOption(new Option('-i, --instance <id>', 'by the id of its instance').argParser(instanceId).helpGroup(group))
    .addOption(new Option('-l, --selector <selector>', 'by labels, as kubectl -l').helpGroup(group))
    .addOption(new Option('--asg <name>', 'all nodes of an Auto Scaling group').helpGroup(group));
}

export const targetWays = 'Name them by NODE..., --instance, --selector or --asg';

/** undefined: none is named. Throws a CommandError when they are named in two ways. */
export function targetOf(
  names: readonly string[],
  { instance, selector, asg }: TargetOptions,
): ManualTarget | undefined {
  const targets: ManualTarget[] = [
    ...(names.length > 0 ? [{ nodes: names }] : []),
    ...(instance === undefined ? [] : [{ instance }]),
    ...(selector === undefined ? [] : [{ selector }]),
    ...(asg === undefined ? [] : [{ asg }]),
  ];
  if (targets.length > 1) throw new CommandError('the nodes are named in two ways', `${targetWays}.`);
  return targets[0];
}

/** In a sandbox a command that names no node gets one to try. Throws a CommandError when there is none. */
export function targetOrDefault(
  names: readonly string[],
  options: TargetOptions,
  { sandbox }: Connection,
): ManualTarget {
  const target = targetOf(names, options);
  if (target) return target;
  if (!sandbox) throw new CommandError('no node is named', `${targetWays}; enl nodes lists them.`);
  tell(`no node is named: taking ${sandbox.defaultNode}`);
  return { nodes: [sandbox.defaultNode] };
}

function instanceId(text: string): string {
  if (/^i-[0-9a-f]{8,17}$/.test(text)) return text;
  throw new InvalidArgumentError('expected an instance id, for example i-0123456789abcdef0');
}
