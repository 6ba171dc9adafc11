import type { HookAction } from '../lifecycle/action.ts';
import type { AutoScalingPort, HookAnswer, Log } from '../ports.ts';

/**
 * Completes the action. That Auto Scaling does not take it is thrown, for the state machine to come again, and is told at once: until it does
 * the instance waits, and is paid for.
 */
export async function tellAutoScaling(
  action: HookAction,
  result: 'CONTINUE' | 'ABANDON',
  signal: AbortSignal,
  { autoScaling, log, metrics }: CompletionPorts,
): Promise<HookAnswer> {
  try {
    return await autoScaling.completeAction(action, result, signal);
  } catch (error) {
    metrics.add('HookCompletionsFailed', 'Count', 1);
    log.error('hook not completed', { hook: action.hookName, result, error: String(error) });
    throw error;
  }
}

interface CompletionPorts {
  autoScaling: Pick<AutoScalingPort, 'completeAction'>;
  log: Log;
  metrics: { add(name: 'HookCompletionsFailed', unit: 'Count', value: number): void };
}
