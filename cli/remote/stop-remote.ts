import type { RequestOf } from '../../shared/settings/manual-request.ts';
import { CommandError } from '../command-error.ts';
import { type StopOptions, tellStopped } from '../drain/stop-drains.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import type { AskFunction } from './ask-function.ts';
import { openFunction } from './open-function.ts';
import { remoteCluster, remoteTarget } from './remote-request.ts';

/** `enl drain stop --remote`: 0 stopped or nothing to stop, 1 one of them refused. */
export async function actStopRemote(
  names: string[],
  options: StopOptions,
  { out }: CliPorts,
  { signal }: Running,
): Promise<number> {
  const cluster = remoteCluster(options);
  const target = remoteTarget(names, options);
  const { request: requestId, all, hook, output } = options;
  if ([target, requestId, all].filter((way) => way !== undefined).length !== 1)
    throw new CommandError(
      'it is not clear what is to stop',
      'Pass one of NODE..., --instance, --selector, --asg, --request or --all.',
    );
  const ask = await openFunction(options, signal);
  const what = target ? { target } : requestId === undefined ? await allOf(ask, cluster, signal) : { requestId };
  const answers = what ? (await ask<'stop'>({ action: 'stop', cluster, hook, ...what }, signal)).nodes : [];
  return tellStopped(answers, { output, out });
}

async function allOf(
  ask: AskFunction,
  cluster: string,
  signal: AbortSignal,
): Promise<Pick<RequestOf<'stop'>, 'target'> | undefined> {
  const { nodes, notShown } = await ask<'status'>({ action: 'status', cluster }, signal);
  if (notShown > 0)
    throw new CommandError(
      `${nodes.length + notShown} nodes are more than one answer has`,
      'Stop them by --request or --selector.',
    );
  return nodes.length > 0 ? { target: { nodes: nodes.map(({ node }) => node) } } : undefined;
}
