import { type Command, Option } from 'commander';

/** How a command is told that the stack in AWS is to answer, and which function of it. */
export interface RemoteOptions {
  remote?: true;
  function?: string;
  stack: string;
  network?: string;
}

const group = 'By the stack in AWS:';

export function addRemoteOptions(command: Command): Command {
  const add = (option: Option) => command.addOption(option.helpGroup(group));
  add(
    new Option('--remote', "ask the stack's function, with its rights, not yours; needs --cluster").conflicts([
      'sandbox',
      'kubeconfig',
      'context',
    ]),
  );
  add(new Option('--stack <name>', 'whose outputs name the function').env('ENL_STACK').default('NodeLifecycle'));
  add(new Option('--network <name>', 'of the settings, for a cluster that is reached from there'));
  add(new Option('--function <name>', 'the function itself, instead').env('ENL_FUNCTION'));
  return command.hook('preAction', (_program, acting) => {
    const given = ['stack', 'network', 'function'].find((name) => acting.getOptionValueSource(name) === 'cli');
    if (given && !asksStack(acting)) acting.error(`error: option '--${given}' is about --remote`);
  });
}

/** A start does so as soon as it knows the cluster's name in EKS. */
function asksStack(command: Command): boolean {
  const { remote, cluster, local } = command.opts<{ remote?: true; cluster?: string; local?: true }>();
  return remote ?? (command.name() === 'start' && cluster !== undefined && !local);
}
