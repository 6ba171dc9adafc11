import { onTestFinished, vi } from 'vitest';
import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import { serveAws } from '../../../sandbox/aws/serve-aws.ts';
import type { EngineExecution, ExecutionEngine } from '../../../sandbox/aws/step-functions-service.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { TaskError } from '../../../sandbox/execution/task-error.ts';
import { clientDefaults } from '../../../shared/adapters/client-defaults.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';

export const instanceId = 'i-0123456789abcdef0';
export const never = new AbortController().signal;

/** A served sandbox with one instance in a group with one hook, and what a client needs to reach it; ends with the test. */
export async function startAws({ executions }: { executions?: ExecutionEngine } = {}) {
  const clock = createManualClock(Date.UTC(2026, 0, 31, 12));
  const sandbox = createAwsSandbox({ clock });
  const hooks = [{ name: 'drain', heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const }];
  sandbox.scaling.addGroup({ name: 'workers', tags: { 'kubernetes.io/cluster/prod': 'owned' }, hooks });
  sandbox.scaling.addInstance('workers', instanceId);

  const server = await serveAws(sandbox, executions ? { executions } : {});
  const clientOptions = {
    ...clientDefaults,
    region: sandbox.region,
    endpoint: server.url,
    credentials: server.credentials,
  };
  // No waiting between the attempts of a client: the backoff is a share of Math.random().
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  onTestFinished(async () => {
    random.mockRestore();
    await server.close();
  });
  return { clock, sandbox, server, clientOptions, operations: () => sandbox.calls.map(({ operation }) => operation) };
}

/** What the intake makes of the notification. */
export function actionOf(
  { sandbox }: Pick<Awaited<ReturnType<typeof startAws>>, 'sandbox'>,
  hook = 'drain',
): HookAction {
  const notification = sandbox.scaling.terminateInstance(instanceId).find((each) => each.LifecycleHookName === hook);
  return {
    version: 1,
    kind: 'terminate',
    account: sandbox.account,
    region: sandbox.region,
    instanceId,
    groupName: 'workers',
    hookName: hook,
    token: notification?.LifecycleActionToken ?? 'none',
  };
}

export const machineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:drain';

/** An engine that knows only names: those given have ended, a new one runs for ever. */
export function executionsOf(ended: Record<string, 'SUCCEEDED' | 'FAILED'>): ExecutionEngine & { started: unknown[] } {
  const startedAt = Date.UTC(2026, 0, 31, 12);
  const arnOf = (name: string) => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const known = Object.entries(ended).map(([name, status]) => [arnOf(name), { status, startedAt }] as const);
  const executions = new Map<string, EngineExecution>(known);
  const started: unknown[] = [];
  return {
    started,
    start: (name, stateMachineArn, input) => {
      if (stateMachineArn !== machineArn) throw new TaskError('StateMachineDoesNotExist', stateMachineArn);
      const executionArn = arnOf(name);
      const existed = executions.has(executionArn);
      if (!existed) {
        executions.set(executionArn, { status: 'RUNNING', startedAt });
        started.push(input);
      }
      return { executionArn, startedAt, existed };
    },
    describe: (executionArn) => executions.get(executionArn),
  };
}
