import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultRollOptions, readShare, type Share } from '../../shared/roll/roll-request.ts';
import { addConnectionOptions } from '../connect/connection-options.ts';
import { addDrainOptions } from '../drain/drain-options.ts';
import { readDuration } from '../drain/read-duration.ts';
import { formatOption } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import { runCommand } from '../run-command.ts';
import type { RollCommandOptions } from './roll-request-of.ts';

const about = `
New instances first: desired capacity goes up within the maximum, the new
nodes get ready, an old node is drained, and its instance is terminated by its
id and replaced; the last ones, as many as the surge, go with a decrement. So
Auto Scaling never picks a victim itself. What a roll has begun is noted on
the group: the same command goes on after an interruption.

Exit code: 0 rolled, nothing to do, or undone as asked; 1 a node failed,
3 usage, access or refused, 130 interrupted. Ctrl-C stops the roll and takes
back what was begun; a second one leaves at once.

Examples:
  enl roll --cluster prod --asg workers --dry-run
  enl roll --cluster prod --asg workers --max-unavailable 2 --timeout 15m
  enl roll --asg workers --older-than 720h --delete-emptydir-data
  enl roll --asg workers --undo
  enl roll --sandbox --asg demo`;

/** `enl roll`. */
export function addRollCommand(program: Command, ports: CliPorts): void {
  const command = program
    .command('roll')
    .description('replace the instances of an Auto Scaling group, new ones first')
    .addOption(new Option('--asg <name>', 'the group').makeOptionMandatory());
  // Both are one value to commander, which the last of them sets.
  command.on('option:no-surge', () => {
    if (typeof command.getOptionValue('surge') === 'object')
      command.error("error: option '--no-surge' cannot be used with option '--surge <nodes>'");
  });
  addDrainOptions(addConnectionOptions(command))
    .addOption(
      share('--max-unavailable <nodes>', 'how many old nodes at once: a number, or a part such as 25%').default(
        { count: 1 },
        '1',
      ),
    )
    .addOption(
      new Option(
        '--surge <nodes>',
        'how many more instances meanwhile (default: as many as --max-unavailable)',
      ).argParser(readsSurge),
    )
    .addOption(new Option('--no-surge', 'drain first, and let Auto Scaling replace what went'))
    .addOption(new Option('--raise-max', "the group's maximum goes up for the surge, and back"))
    .addOption(new Option('--all', 'every instance, not only those of another launch template').conflicts('olderThan'))
    .addOption(new Option('--older-than <duration>', 'those that are older than this').argParser(readDuration))
    .addOption(new Option('--take-over', 'go on with a roll that another process began'))
    .addOption(new Option('--undo', 'take back what a roll left, and begin nothing'))
    .addOption(
      new Option('--ready-timeout <duration>', 'until new nodes have to be ready; 0: no limit')
        .argParser(readDuration)
        .default(defaultRollOptions.readyTimeoutSeconds, '15m'),
    )
    .addOption(new Option('--dry-run', 'say what would be done, and do nothing'))
    .addOption(new Option('--report-folder <folder>', 'where drains keep their reports (default: drain-reports)'))
    .addOption(formatOption())
    .addHelpText('after', about)
    .hook('preAction', (_program, acting) => {
      const { raiseMax, surge, podSelector } = acting.opts<RollCommandOptions>();
      if (podSelector) acting.error('error: --pod-selector would end the pods that it leaves, with their instances');
      if (raiseMax && surge === false) acting.error('error: --raise-max is about the surge, and --no-surge has none');
    })
    .action((options: RollCommandOptions) =>
      runCommand(async (running) => (await import('./act-on-roll.ts')).actOnRoll(options, ports, running)),
    );
}

const share = (flags: string, description: string): Option => new Option(flags, description).argParser(readsShare);

/** `--no-surge` has left a false there. */
function readsSurge(text: string, before: unknown): Share {
  if (before === false) throw new InvalidArgumentError('it cannot be used with --no-surge');
  return readsShare(text);
}

function readsShare(text: string): Share {
  const read = readShare(text);
  if (read) return read;
  throw new InvalidArgumentError('expected a number of nodes, at least 1, or a percentage from 1% to 100%');
}
