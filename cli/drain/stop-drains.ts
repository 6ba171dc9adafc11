import { styleText } from 'node:util';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { type StopAnswer, stopDrain } from '../../shared/manual/stop-drain.ts';
import { CommandError } from '../command-error.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { type Format, formatted } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import type { RemoteOptions } from '../remote/remote-options.ts';
import type { Running } from '../run-command.ts';
import { findTargets } from './find-targets.ts';
import { markedNodes } from './status-drain.ts';
import { type TargetOptions, targetOf } from './target-options.ts';

export interface StopOptions extends ConnectionOptions, TargetOptions, RemoteOptions {
  request?: string;
  all?: true;
  hook: 'complete' | 'wait';
  output: Format;
}

/** `enl drain stop`: 0 stopped or nothing to stop, 1 one of them refused. */
export async function actStop(
  names: string[],
  options: StopOptions,
  { out }: CliPorts,
  running: Running,
): Promise<number> {
  if (options.remote) return (await import('../remote/stop-remote.ts')).actStopRemote(names, options, { out }, running);
  if (options.request !== undefined)
    throw new CommandError('a request is known to the stack alone', 'Pass --remote --cluster NAME as well.');
  const { signal } = running;
  const target = targetOf(names, options);
  if (!target && !options.all && !options.sandbox)
    throw new CommandError(
      'no node is named',
      'Name them by NODE..., --instance, --selector or --asg, or pass --all for every drain.',
    );
  const connection = await openConnection(options, signal);
  try {
    const nodes = target
      ? (await findTargets(target, connection, signal)).map(({ name }) => name)
      : await markedNodes(connection, signal);
    const ports = { cluster: connection.cluster, clock: realClock };
    const answers: StopAnswer[] = [];
    for (const node of nodes) answers.push(await stopDrain(node, options.hook, ports, signal));
    const refused = answers.filter((answer) => answer.result === 'refused');
    const [first] = refused;
    if (first && refused.length === answers.length)
      throw explainKubeFailure(first.failure, `stopping the drain of ${first.node}`, connection);
    const told = answers.map((answer) => ({ ...answer, text: wordsOf(answer) }));
    return await tellStopped(told, { output: options.output, out });
  } finally {
    await connection.close();
  }
}

interface Stopped {
  node: string;
  result: StopAnswer['result'];
  text: string;
}

/** Answers the exit code. */
export async function tellStopped(
  nodes: readonly Stopped[],
  { output, out }: Pick<StopOptions, 'output'> & CliPorts,
): Promise<number> {
  out(await formatted({ version: 1, nodes }, output, () => stoppedText(nodes)));
  return nodes.some(({ result }) => result === 'refused') ? 1 : 0;
}

function stoppedText(nodes: readonly Stopped[]): string {
  if (nodes.length === 0) return 'No node carries a mark of ours: there is nothing to stop.';
  const width = Math.max(0, ...nodes.map(({ node }) => node.length));
  return nodes.map(({ node, text }) => `${styleText('bold', node.padEnd(width))}  ${text}`).join('\n');
}

function wordsOf(answer: StopAnswer): string {
  if (answer.result === 'not-marked') return 'nothing of ours is on it';
  if (answer.result === 'undone') return 'our marks are taken back';
  if (answer.result === 'refused') return `refused: ${answer.failure.message}`;
  return answer.hook
    ? 'its drain stops at its next look; the node stays cordoned, since its instance goes'
    : 'its drain stops at its next look, and takes its marks back';
}
