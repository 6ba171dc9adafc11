import type { ReadOutputs } from '../../shared/adapters/stack-outputs.ts';
import { defaultHeartbeatSeconds } from '../../shared/lifecycle/hook-plan.ts';
import { confirm } from '../confirm.ts';
import { explainAwsError } from '../explain-aws-error.ts';
import type { CliPorts } from '../program.ts';
import type { HookOptions } from './add-hooks-command.ts';
import { fromStack } from './from-stack.ts';
import { checkRequest, type HookRequest, UsageError } from './hook-request.ts';
import { runHooks } from './run-hooks.ts';

/** From options to the exit code of the process: 3 for what is wrong with the command line or with who calls, 130 for Ctrl-C. */
export async function actOnHooks(
  command: HookRequest['command'],
  options: HookOptions,
  { out }: CliPorts,
): Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const stop = () => stopped.abort(new Error('stopped'));
  // A second time it ends the process at once, as is usual.
  process.once('SIGINT', stop);
  try {
    const request = requestOf(command, options);
    checkRequest(request, { interactive: process.stdin.isTTY && process.stderr.isTTY });
    const { region, profile } = options;
    const whose = { ...(region && { region }), ...(profile && { profile }) };
    const readOutputs: ReadOutputs = async (...call) => {
      const { openStackOutputs } = await import('../../shared/adapters/open-stack-outputs.ts');
      return openStackOutputs(whose)(...call);
    };
    const whole = await fromStack(request, options.stack, { readOutputs, signal });
    const { openGroupHooks } = await import('../../shared/adapters/open-group-hooks.ts');
    process.exitCode = await runHooks(whole, { hooks: openGroupHooks(whose), out, confirm, signal });
  } catch (error) {
    process.exitCode = exitCodeOf(error, signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

function exitCodeOf(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) {
    process.stderr.write('\nenl: stopped\n');
    return 130;
  }
  const usage = error instanceof UsageError;
  const { text, next, access } = usage
    ? { text: error.message, next: error.next, access: true }
    : explainAwsError(error);
  process.stderr.write(`enl: ${text}\n${next ? `${next}\n` : ''}`);
  return access ? 3 : 1;
}

function requestOf(command: HookRequest['command'], options: HookOptions): HookRequest {
  return {
    command,
    clusterName: options.cluster,
    groupNames: [...new Set(options.group)],
    requireTag: options.requireTag ?? false,
    kinds: options.only ? [options.only] : ['terminate', 'launch'],
    topicArn: options.topic,
    roleArn: options.role,
    heartbeatSeconds: options.heartbeatTimeout ?? defaultHeartbeatSeconds,
    output: options.output,
    yes: options.yes ?? false,
    dryRun: options.dryRun ?? false,
    force: options.force ?? false,
    tellChanges: options.exitCode ?? false,
  };
}
