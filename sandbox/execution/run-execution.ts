import { type RunOptions, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Clock } from '../../shared/ports.ts';
import { createClockedTask, type Handler } from './clocked-task.ts';
import { type Definition, statesIn, takeTimeOut, WAIT } from './definition.ts';
import { TaskError } from './task-error.ts';

export type Outcome =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string }
  | { status: 'TIMED_OUT' }
  | { status: 'ABORTED' };

export interface ExecutionInput {
  definition: Definition;
  input: unknown;
  /** The Context Object's Execution and StateMachine. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
  context: { Execution: { Id: string; Name: string; StartedAt: string }; StateMachine: { Id: string; Name: string } };
  /** What stands behind a Task's Resource; throws for one it does not know. */
  handlerOf: (resource: string) => Handler;
}

type JsonValue = Parameters<StateMachine['run']>[0];
type LocalHandlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;

/** Runs one execution to its end; never throws for what the machine itself does. */
export async function runExecution(
  { definition, input, context, handlerOf }: ExecutionInput,
  stopped: AbortSignal,
  deps: { clock: Clock; random: () => number },
): Promise<Outcome> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const clocked = takeTimeOut(definition);
  const tasks = statesIn(clocked).filter(([, state]) => state.Type === 'Task');
  const limitOf = new Map(statesIn(definition).map(([name, { TimeoutSeconds }]) => [name, TimeoutSeconds]));
  const handlers = tasks.map(([name, state]) => {
    const handler = state.Resource === WAIT ? createWait(deps.clock) : handlerOf(state.Resource ?? '');
    const limits = { retriers: state.Retry ?? [], seconds: limitOf.get(name) };
    return [name, createClockedTask(handler, limits, signal, deps)] as const;
  });
  const machine = new StateMachine(clocked as StateMachineDefinition, { validationOptions: { noValidate: true } });
  const run = machine.run(input as JsonValue, {
    context: context as never,
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(handlers) as LocalHandlers,
      retryIntervalOverrides: Object.fromEntries(tasks.map(([name]) => [name, 0])),
    },
  });
  signal.addEventListener('abort', run.abort, { once: true });
  const ended = run.result.then((output): Outcome => ({ status: 'SUCCEEDED', output }), failureOf);
  const limit = timeLimit(definition, signal, deps.clock);
  const outcome = await Promise.race(limit ? [ended, limit] : [ended]);
  over.abort();
  return stopped.aborted ? { status: 'ABORTED' } : outcome;
}

function createWait(clock: Clock): Handler {
  return async (input, signal) => {
    const { seconds } = input as { seconds: unknown };
    if (!Number.isInteger(seconds) || Number(seconds) < 0) {
      throw new TaskError('States.Runtime', `a Wait of ${seconds} seconds`, { retryable: false, catchable: false });
    }
    await clock.sleep(Number(seconds) * 1000, signal);
  };
}

function failureOf(error: { cause?: Error }): Outcome {
  return {
    status: 'FAILED',
    error: error.cause?.name ?? 'States.Runtime',
    cause: error.cause?.message ?? String(error),
  };
}

function timeLimit(definition: Definition, signal: AbortSignal, clock: Clock): Promise<Outcome> | undefined {
  if (definition.TimeoutSeconds === undefined) return undefined;
  return clock.sleep(definition.TimeoutSeconds * 1000, signal).then(
    () => ({ status: 'TIMED_OUT' }),
    () => ({ status: 'ABORTED' }),
  );
}
