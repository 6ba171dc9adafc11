import { manualPolicy } from '../../shared/lifecycle/manual-options.ts';
import type { DrainRequest } from '../../shared/manual/drain-request.ts';
import { toDrain } from '../../shared/manual/node-to-drain.ts';
import { type Started, startDrains } from '../../shared/manual/start-drains.ts';
import type { MaxUnavailable } from '../../shared/manual/waves.ts';
import { CommandError } from '../command-error.ts';
import type { Connection } from '../connect/connection.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { openConnection } from '../connect/open-connection.ts';
import { explainKubeFailure } from '../explain-kube-failure.ts';
import { type Format, formatted } from '../output/formats.ts';
import { openLive } from '../output/live.ts';
import { someOf } from '../output/words.ts';
import type { CliPorts } from '../program.ts';
import type { RemoteOptions } from '../remote/remote-options.ts';
import { interruptedExitCode, type Running } from '../run-command.ts';
import type { DrainOptions } from './drain-options.ts';
import { actDryRun } from './dry-run.ts';
import { findTargets, withInstances } from './find-targets.ts';
import { followDrains } from './follow-drains.ts';
import { localSettings, localTickPorts, reportFolderOf } from './local-ports.ts';
import { requestOf } from './request-of.ts';
import { blockedText, outcomesText } from './started-text.ts';
import { type TargetOptions, targetOrDefault } from './target-options.ts';
import { createWatchedDrains } from './watched-drains.ts';

export interface StartOptions extends ConnectionOptions, TargetOptions, DrainOptions, RemoteOptions {
  maxUnavailable: MaxUnavailable;
  terminate?: true;
  decrement?: true;
  local?: true;
  watch?: true;
  dryRun?: 'server' | 'client' | 'none' | true;
  reportFolder?: string;
  output: Format;
}

/** For taking marks back when nothing else is to be waited for. */
const lastMoments = () => AbortSignal.timeout(20_000);

/** `enl drain start`: 0 all drained, 1 one of them not, 130 interrupted. Throws what is wrong with the request or with who asks. */
export async function actStart(
  names: string[],
  options: StartOptions,
  { out }: CliPorts,
  running: Running,
): Promise<number> {
  const { signal } = running;
  if (options.decrement && !options.terminate)
    throw new CommandError('--decrement is about --terminate', 'Pass both, or neither.');
  if (options.podSelector && options.terminate)
    throw new CommandError(
      '--terminate would end the pods that --pod-selector leaves, with their node',
      'Drain the node whole, or leave --terminate out.',
    );
  if (options.remote && options.local)
    throw new CommandError('--remote and --local exclude each other', 'Pass one of them.');
  const isHere = options.local || options.sandbox;
  if (options.remote || (!isHere && options.cluster !== undefined))
    return (await import('../remote/start-remote.ts')).actStartRemote(names, options, { out }, running);
  const isDry = options.dryRun !== undefined && options.dryRun !== 'none';
  if (!isHere && !isDry)
    throw new CommandError(
      'it is not said who drains',
      'Pass --local: this process does, and needs nothing but the cluster; or --cluster NAME: the stack in AWS does.',
    );
  const connection = await openConnection(options, signal);
  try {
    const found = await findTargets(targetOrDefault(names, options, connection), connection, signal);
    if (options.terminate) withInstances(found);
    const nodes = found.map(toDrain);
    const request = requestOf(nodes, options, connection);
    if (isDry) return await actDryRun(request, options, connection, { out }, signal);
    const marked = new Set(nodes.map(({ name }) => name));
    running.onInterrupt = {
      first: 'stopping: nothing more is evicted, and our marks are taken back (Ctrl-C again leaves at once)',
      second: () => leftText([...marked], connection),
    };
    const started = await run(request, options, connection, marked, signal);
    if (started.result === 'refused')
      throw explainKubeFailure(started.failure, `${started.doing} ${started.node}`, connection);
    out(await formatted(startedJson(request, started), options.output, () => startedText(started)));
    if (signal.aborted) return interruptedExitCode;
    return started.result === 'ended' && started.outcomes.every(({ outcome }) => outcome === 'drained') ? 0 : 1;
  } finally {
    await connection.close();
  }
}

async function run(
  request: DrainRequest,
  options: StartOptions,
  connection: Connection,
  marked: Set<string>,
  signal: AbortSignal,
): Promise<Started> {
  const { cluster } = connection;
  const tick = localTickPorts(connection, reportFolderOf(options, connection));
  const live = openLive(process.stderr);
  const drains = createWatchedDrains(
    request.nodes.map(({ name }) => name),
    tick.clock.now,
  );
  const over = new AbortController();
  const settings = localSettings(connection);
  const policy = manualPolicy(settings.policy, request.options);
  const following = followDrains(drains, { cluster, policy, live, onScreen: options.watch ?? false }, over.signal);
  try {
    return await startDrains(
      request,
      {
        cluster,
        tick,
        settings,
        ...(options.terminate && { groups: (await import('./end-instance-of.ts')).endInstanceOf(connection) }),
        lastMoments,
        on: (event) => {
          drains.hear(event);
          if (event.kind === 'cordoned') live.keep(`cordoned: ${someOf(event.nodes, 5)}`);
          if (event.kind === 'ended' && event.outcome.outcome !== 'failed') marked.delete(event.node);
          if (event.kind === 'marks-left')
            live.keep(`${event.node} keeps our marks: ${event.failure.message}; enl drain stop ${event.node}`);
        },
      },
      signal,
    );
  } finally {
    over.abort();
    await following;
    live.close();
  }
}

function leftText(names: readonly string[], { kubectl }: Connection): string {
  const same = kubectl.length > 0 ? ` ${kubectl.join(' ')}` : '';
  return `left at once: ${someOf(names, 5)} may keep our cordon, label and annotation; enl drain stop ${names.join(' ')}${same} takes them back`;
}

function startedText(started: Exclude<Started, { result: 'refused' }>): string {
  return started.result === 'blocked' ? blockedText(started.blocked) : outcomesText(started.outcomes);
}

function startedJson({ requestId, cluster }: DrainRequest, started: Exclude<Started, { result: 'refused' }>) {
  return { version: 1, requestId, cluster, ...started };
}
