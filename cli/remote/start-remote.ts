import { userInfo } from 'node:os';
import type { CommandError } from '../command-error.ts';
import { dryRunText } from '../drain/dry-run.ts';
import type { StartOptions } from '../drain/start-drain.ts';
import { blockedText, outcomesText } from '../drain/started-text.ts';
import { formatted } from '../output/formats.ts';
import { counted, someOf } from '../output/words.ts';
import type { CliPorts } from '../program.ts';
import { interruptedExitCode, type Running } from '../run-command.ts';
import { type AskFunction, RefusedError } from './ask-function.ts';
import { followRequest } from './follow-request.ts';
import { openFunction } from './open-function.ts';
import type { RemoteAnswers } from './remote-answer.ts';
import { neededTarget, remoteCluster, remoteOptionsOf } from './remote-request.ts';

type Answer = RemoteAnswers['start'];

/** `enl drain start` by the stack: 0 started, or drained where it is watched; 1 blocked or one not drained. */
export async function actStartRemote(
  names: string[],
  options: StartOptions,
  { out }: CliPorts,
  running: Running,
): Promise<number> {
  const { signal } = running;
  const { output, maxUnavailable, terminate, decrement, dryRun } = options;
  const cluster = remoteCluster(options);
  const target = neededTarget(names, options);
  const ask = await openFunction(options, signal);
  // Ours, so that the client may ask again after trouble, and nothing is started twice.
  const requestId = crypto.randomUUID().slice(0, 8);
  running.onInterrupt = {
    first: `left; whatever has begun goes on in AWS: ${commandOf('stop', { cluster, requestId }, options)}`,
    second: () => 'left',
  };
  const answer = await ask<'start'>(
    {
      ...{ action: 'start', cluster, target, maxUnavailable, ...remoteOptionsOf(options), requestId },
      requestedBy: `${userInfo().username} with enl`,
      ...(terminate && { terminate, decrement: decrement ?? false }),
      ...((dryRun === 'client' || dryRun === 'server') && { dryRun }),
    },
    signal,
  ).catch(blockedOrThrow);
  if ('blocked' in answer) {
    const { blocked } = answer;
    out(await formatted({ version: 1, result: 'blocked', blocked }, output, () => blockedText(blocked)));
    return 1;
  }
  if (answer.dryRun) return tellDryRun(answer, { output, out });
  if (!options.watch) {
    out(await formatted(startedJson(answer), output, () => startedText(answer, options)));
    return 0;
  }
  return watchToItsEnd(ask, answer, { options, out, signal });
}

function blockedOrThrow(error: CommandError): { blocked: NonNullable<RefusedError['refusal']['blocked']> } {
  if (error instanceof RefusedError && error.refusal.blocked) return { blocked: error.refusal.blocked };
  throw error;
}

async function tellDryRun(
  { dryRun, lines = [], waves }: Answer,
  { output, out }: Pick<StartOptions, 'output'> & CliPorts,
): Promise<number> {
  const text = () =>
    dryRun === 'server' ? dryRunText(lines) : 'Nothing blocks it; nothing was changed. (client dry run)';
  out(
    await formatted(
      { version: 1, dryRun, waves, ...(dryRun === 'server' ? { lines } : { blocked: [] }) },
      output,
      text,
    ),
  );
  return lines.every(({ accepted }) => accepted) ? 0 : 1;
}

async function watchToItsEnd(
  ask: AskFunction,
  answer: Answer,
  { options, out, signal }: { options: StartOptions; signal: AbortSignal } & CliPorts,
): Promise<number> {
  const { requestId, cluster } = answer;
  process.stderr.write(`${startedText(answer, options)}\n`);
  const followed = await followRequest(ask, { requestId, cluster, nodes: answer.waves?.flat() }, signal).catch(
    (error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    },
  );
  if (!followed) return interruptedExitCode;
  const { outcomes, status } = followed;
  const json = { ...startedJson(answer), status, outcomes };
  const trouble = status === 'SUCCEEDED' ? '' : `\nThe execution ended as ${status}: ${answer.execution?.arn}`;
  out(await formatted(json, options.output, () => `${outcomesText(outcomes)}${trouble}`));
  return status === 'SUCCEEDED' && outcomes.every(({ outcome }) => outcome === 'drained') ? 0 : 1;
}

function startedJson({ requestId, cluster, waves, maxUnavailable, execution }: Answer) {
  return {
    ...{ version: 1, result: 'started', requestId, cluster, executionArn: execution?.arn, status: execution?.status },
    ...{ nodes: waves?.flat() ?? [], waves, maxUnavailable },
  };
}

function startedText(answer: Answer, options: StartOptions): string {
  const { waves, maxUnavailable = 1, execution, requestId } = answer;
  const nodes = waves?.flat() ?? [];
  return [
    `request    ${requestId}: ${waves ? `${counted(nodes.length, 'node')}, ${maxUnavailable} at a time` : 'it runs already'}`,
    ...(execution ? [`execution  ${execution.arn}`] : []),
    ...(nodes.length > 0 ? [`nodes      ${someOf(nodes, 10)}`] : []),
    `see it     ${commandOf('status', answer, options)} --watch`,
    `stop it    ${commandOf('stop', answer, options)}`,
  ].join('\n');
}

function commandOf(
  action: 'status' | 'stop',
  { cluster, requestId }: Pick<Answer, 'cluster' | 'requestId'>,
  { stack, network, function: named, region, profile }: StartOptions,
): string {
  const more = { function: named, network, region, profile, ...(stack !== 'NodeLifecycle' && { stack }) };
  const flags = Object.entries(more).flatMap(([flag, value]) => (value === undefined ? [] : [` --${flag} ${value}`]));
  return `enl drain ${action} --remote --cluster ${cluster}${flags.join('')} --request ${requestId}`;
}
