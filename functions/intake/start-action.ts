import type { EventAction } from '../../shared/lifecycle/action.ts';
import type { ExecutionPort, ExecutionStatus } from '../../shared/ports.ts';
import { executionName, successors } from './execution-name.ts';

/**
 * A redrive continues the execution that failed, so its work is not ours to start again. `missing` is one that was started just now,
 * since its name is taken: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
const live: readonly ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE', 'missing'];

/**
 * Starts the work on an action, or joins what an earlier delivery started. A failed execution is followed by another, twice; throws
 * when all three have failed. An execution whose history was full has SUCCEEDED and goes on as `-c2`: a redelivery joins it all the
 * same, and does not ask what became of `-c2`.
 */
export async function startAction(
  action: EventAction,
  stateMachineArn: string,
  signal: AbortSignal,
  { executions }: { executions: ExecutionPort },
): Promise<{ outcome: 'started' | 'joined'; execution: string }> {
  const first = executionName(action);
  const names = [first, ...successors(first)];
  const input = executionInput(action);
  for (const execution of names) {
    const answer = await executions.start(execution, stateMachineArn, input, signal);
    if (answer === 'started') return { outcome: 'started', execution };
    const status = await executions.status(execution, stateMachineArn, signal);
    if (live.includes(status)) return { outcome: 'joined', execution };
  }
  throw new Error(`executions ${names.join(', ')} all failed; none is left to work on ${action.kind}`);
}

/** Keys in alphabetical order: Step Functions takes a second start for the same one only if its input is the same text. */
function executionInput(action: EventAction): { action: unknown; state: null } {
  return { action: Object.fromEntries(Object.entries(action).sort(([a], [b]) => (a < b ? -1 : 1))), state: null };
}
