import type { Complete, Option } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { completionExamples } from './completion-help.ts';
import { knownNames } from './known-names.ts';
import { shellFunction } from './shell-function.ts';

/** `enl completion bash|zsh|fish|powershell`, and the hidden `complete` that their scripts call. Every other command must be there already. */
export function addCompletionCommand(program: Command): void {
  const root = tab(program, { completionCommandName: 'completion' });
  const named = (name: string) => program.commands.find((command) => command.name() === name);
  named('completion')
    ?.description('print what a shell completes enl with')
    .addHelpText('after', completionExamples)
    .hook('preAction', (_program, command) => {
      process.stdout.write(shellFunction(command.args[0] ?? ''));
    });
  named('complete')?.hook('preAction', async (_program, command) => {
    const names = await knownNames(command.args);
    for (const [words, sub] of root.commands) {
      offer(sub.options.get('context'), names.contexts);
      offer(sub.options.get('cluster'), names.clusters);
      if (words === 'query run' || words === 'query show') sub.argument('query', offering(names.queries));
      if (words === 'nodes' || words.startsWith('drain ')) sub.argument('node', offering(names.nodes), true);
    }
  });
}

function offer(option: Option | undefined, names: readonly string[]): void {
  if (option) option.handler = offering(names);
}

const offering =
  (names: readonly string[]) =>
  (complete: Complete): void => {
    for (const name of names) complete(name, '');
  };
