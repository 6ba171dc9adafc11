import { describe, expect, it } from 'vitest';
import { startAction } from '../../../functions/intake/start-action.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import type { ExecutionStatus } from '../../../shared/ports.ts';
import { createMemoryExecutions } from './memory-executions.ts';

const action: HookAction = {
  version: 1,
  kind: 'terminate',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-05629ab7d9287e205',
  groupName: 'example-asg',
  hookName: 'drain',
  token: '465e0162-e6af-4786-b4e8-bb544ae58790',
};
const name = 'i-05629ab7d9287e205-465e0162-e6af-4786-b4e8-bb544ae58790';
const never = new AbortController().signal;
type Known = Exclude<ExecutionStatus, 'missing'>;

/** Starts the action where executions of its name, -r2 and -r3 have ended like this before. */
async function startAfter(...statuses: Known[]) {
  const executions = createMemoryExecutions();
  for (const [index, status] of statuses.entries())
    executions.put(index === 0 ? name : `${name}-r${index + 1}`, status);
  const result = startAction(action, 'arn', never, { executions: executions.port });
  return { result: await result.catch((error: Error) => error.message), names: executions.names() };
}

describe('an action', () => {
  it('starts an execution of its own name', async () => {
    expect((await startAfter()).result).toEqual({ outcome: 'started', execution: name });
  });

  it.each<Known>(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'])('joins an execution that is %s', async (status) => {
    const { result, names } = await startAfter(status);
    expect(result).toEqual({ outcome: 'joined', execution: name });
    expect(names).toEqual([name]);
  });

  it.each<Known>(['FAILED', 'TIMED_OUT', 'ABORTED'])('follows an execution that is %s with another', async (status) => {
    expect((await startAfter(status)).result).toEqual({ outcome: 'started', execution: `${name}-r2` });
  });

  it.each<[Known[], object]>([
    [['FAILED', 'RUNNING'], { outcome: 'joined', execution: `${name}-r2` }],
    [['FAILED', 'TIMED_OUT'], { outcome: 'started', execution: `${name}-r3` }],
    [['ABORTED', 'FAILED', 'SUCCEEDED'], { outcome: 'joined', execution: `${name}-r3` }],
  ])('after %j ends as it should', async (statuses, expected) => {
    expect((await startAfter(...statuses)).result).toEqual(expected);
  });

  it('is an error, and starts nothing, when all three executions have failed', async () => {
    const { result, names } = await startAfter('FAILED', 'FAILED', 'ABORTED');
    expect(result).toBe(`executions ${name}, ${name}-r2, ${name}-r3 all failed; none is left to work on terminate`);
    expect(names).toHaveLength(3);
  });

  it('joins an execution whose name is taken though Step Functions does not describe it yet', async () => {
    const executions = createMemoryExecutions();
    executions.put(name, 'RUNNING');
    const port = { ...executions.port, status: async () => 'missing' as const };
    expect(await startAction(action, 'arn', never, { executions: port })).toEqual({
      outcome: 'joined',
      execution: name,
    });
    expect(executions.names()).toEqual([name]);
  });
});
