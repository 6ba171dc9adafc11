import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MaxUnavailable } from '../../shared/manual/waves.ts';
import { addConnectionOptions } from '../connect/connection-options.ts';
import { formatOption } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import { addRemoteOptions } from '../remote/remote-options.ts';
import { type Running, runCommand } from '../run-command.ts';
import { addDrainOptions } from './drain-options.ts';
import { planExamples, startExamples, statusExamples, stopExamples } from './examples.ts';
import type { PlanOptions } from './plan-drain.ts';
import type { StartOptions } from './start-drain.ts';
import type { StatusOptions } from './status-drain.ts';
import type { StopOptions } from './stop-drains.ts';
import { addTargetOptions } from './target-options.ts';

/** `enl drain plan|start|status|stop`. What a command works with is loaded when it runs. */
export function addDrainCommand(program: Command, ports: CliPorts): void {
  const drain = program.command('drain').description('drain nodes by hand: plan, start, status, stop');

  addDrainOptions(withMaxUnavailable(command(drain, 'plan', 'show what a drain would do and meet; it changes nothing')))
    .addHelpText('after', planExamples)
    .action((names: string[], options: PlanOptions) =>
      run(async (running) => (await import('./plan-drain.ts')).actPlan(names, options, ports, running)),
    );

  addDrainOptions(withMaxUnavailable(command(drain, 'start', 'cordon the nodes, then drain them, zone by zone')))
    .option('--terminate', 'then ask Auto Scaling to end the instances')
    .option('--decrement', 'with --terminate: and not to replace them')
    .option('--local', 'drain in this process, without AWS; with --cluster alone the stack drains')
    .option('-w, --watch', 'a live screen instead of lines')
    .addOption(
      new Option('--dry-run [how]', 'server: ask the API server for each step without effect; client: judge the pods')
        .choices(dryRuns)
        .argParser(readDryRun)
        .preset('server'),
    )
    .addOption(reportFolder())
    .addHelpText('after', startExamples)
    .action((names: string[], options: StartOptions) =>
      run(async (running) => (await import('./start-drain.ts')).actStart(names, options, ports, running)),
    );

  withRequest(command(drain, 'status', 'where drains stand; without a name all that are under way'))
    .option('-w, --watch', 'until none is under way')
    .addOption(reportFolder())
    .addHelpText('after', statusExamples)
    .action((names: string[], options: StatusOptions) =>
      run(async (running) => (await import('./status-drain.ts')).actStatus(names, options, ports, running)),
    );

  withRequest(command(drain, 'stop', 'stop drains and take back exactly our marks; pods that are gone stay gone'))
    .option('-a, --all', 'every drain of the cluster')
    .addOption(
      new Option(
        '--hook <what>',
        'of a drain that a lifecycle hook waits for: complete the hook now, or wait for its timeout',
      )
        .choices(['complete', 'wait'])
        .default('wait'),
    )
    .addHelpText('after', stopExamples)
    .action((names: string[], options: StopOptions) =>
      run(async (running) => (await import('./stop-drains.ts')).actStop(names, options, ports, running)),
    );
}

const run = (act: (running: Running) => Promise<number>): Promise<void> => runCommand(act);

const command = (drain: Command, name: string, description: string): Command =>
  addRemoteOptions(addConnectionOptions(addTargetOptions(drain.command(name).description(description)))).addOption(
    formatOption(),
  );

const withRequest = (command: Command): Command =>
  command.option('--request <id>', 'with --remote: all nodes of a request, by the id that start has printed');

const reportFolder = (): Option =>
  new Option('--report-folder <folder>', 'where a drain of this process keeps its report (default: drain-reports)');

const withMaxUnavailable = (command: Command): Command =>
  command.addOption(
    new Option('--max-unavailable <nodes>', 'how many nodes at once: a number, or a part such as 25%')
      .argParser(readMaxUnavailable)
      .default(1),
  );

const dryRuns = ['server', 'client', 'none'];

/** A node that stands behind the bare option is taken for its value. */
function readDryRun(text: string): string {
  if (dryRuns.includes(text)) return text;
  throw new InvalidArgumentError('write --dry-run=server or --dry-run=client');
}

function readMaxUnavailable(text: string): MaxUnavailable {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  if (/^(100|[1-9]\d?)%$/.test(text)) return text as MaxUnavailable;
  throw new InvalidArgumentError('expected a number of nodes, at least 1, or a percentage from 1% to 100%');
}
