import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Clock, ExecutionStatus } from '../shared/ports.ts';
import type { Handler } from './execution/clocked-task.ts';
import { listExecutions } from './execution/list-executions.ts';
import { runExecution } from './execution/run-execution.ts';
import { TaskError } from './execution/task-error.ts';

export interface StateMachineOptions {
  stateMachineArn: string;
  /** Amazon States Language, JSONPath: what a deployment gets. */
  definition: string;
  /** Stand behind the Task states: the function, and the services that the machine calls itself. */
  tick: Handler;
  completeLifecycleAction: Handler;
  /** The machine whose executions are waited for. */
  waitsFor?: Pick<StateMachineEngine, 'start' | 'ended'>;
}

export interface Execution {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: Exclude<ExecutionStatus, 'missing' | 'PENDING_REDRIVE'>;
  input: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  /** Epoch milliseconds. */
  startedAt: number;
  endedAt?: number;
}

export interface StateMachineEngine {
  /**
   * `existed`: ExecutionAlreadyExists, nothing was started. A name that runs with the same input is the same execution.
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   * Throws InvalidName, StateMachineDoesNotExist.
   */
  start(name: string, stateMachineArn: string, input: unknown): StartAnswer;
  describe(executionArn: string): Execution | undefined;
  list(): Execution[];
  /** Settles when that execution has ended. Throws for one that was never started. */
  ended(executionArn: string): Promise<Execution>;
  /** Settles when no execution runs, those that others continued as included. */
  idle(): Promise<void>;
  /** Ends what runs as ABORTED, without completing anything. */
  stop(): Promise<void>;
}

export interface StartAnswer {
  executionArn: string;
  startedAt: number;
  existed: boolean;
}

/** Definitions that were checked before: a check takes a tenth of a second, and every world of a test has two machines. */
const valid = new Set<string>();

/** Runs the deployed definition in this process, its time on the clock. */
export function createStateMachine(
  options: StateMachineOptions,
  deps: { clock: Clock; random?: () => number },
): StateMachineEngine {
  const { stateMachineArn } = options;
  const definition = JSON.parse(options.definition);
  if (!valid.has(options.definition)) new StateMachine(definition as StateMachineDefinition); // Throws for an invalid definition.
  valid.add(options.definition);
  const executions = new Map<string, Execution>();
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const ports = { clock: deps.clock, random: deps.random ?? Math.random };

  const start: StateMachineEngine['start'] = (name, arn, input) => {
    if (arn !== stateMachineArn) throw new TaskError('StateMachineDoesNotExist', `no state machine ${arn}`);
    if (!isExecutionName(name)) throw new TaskError('InvalidName', `not a name of an execution: ${name}`);
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const before = executions.get(executionArn);
    if (before) {
      const same = before.status === 'RUNNING' && JSON.stringify(before.input) === JSON.stringify(input);
      return { executionArn, startedAt: before.startedAt, existed: !same };
    }
    const startedAt = deps.clock.now();
    const execution: Execution = { executionArn, stateMachineArn, name, status: 'RUNNING', input, startedAt };
    executions.set(executionArn, execution);
    running.set(executionArn, run(execution));
    return { executionArn, startedAt, existed: false };
  };

  const run = async (execution: Execution): Promise<void> => {
    const { executionArn, name, input, startedAt } = execution;
    const context = {
      Execution: { Id: executionArn, Name: name, StartedAt: new Date(startedAt).toISOString() },
      StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':').at(-1) ?? '' },
    };
    const outcome = await runExecution({ definition, input, context, handlerOf }, stopping.signal, ports);
    executions.set(executionArn, { ...execution, ...outcome, endedAt: deps.clock.now() });
    running.delete(executionArn);
  };

  const startItself: Handler = async (parameters) => {
    const { Name, StateMachineArn, Input } = parameters as { Name: string; StateMachineArn: string; Input: unknown };
    const { executionArn, existed } = start(Name, StateMachineArn, Input);
    if (existed) throw new TaskError('StepFunctions.ExecutionAlreadyExistsException', `${executionArn} exists`);
    return { ExecutionArn: executionArn };
  };

  /** https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
  const startAndWait: Handler = async (parameters) => {
    const { Name, StateMachineArn, Input } = parameters as { Name: string; StateMachineArn: string; Input: unknown };
    if (!options.waitsFor) throw new Error(`the sandbox does not know ${StateMachineArn}`);
    const { executionArn, existed } = options.waitsFor.start(Name, StateMachineArn, Input);
    if (existed) throw new TaskError('StepFunctions.ExecutionAlreadyExistsException', `${executionArn} exists`);
    const { status, output, error, cause } = await options.waitsFor.ended(executionArn);
    const told = { ExecutionArn: executionArn, Name, Status: status };
    if (status === 'SUCCEEDED') return { ...told, Output: output };
    throw new TaskError('States.TaskFailed', JSON.stringify({ ...told, Error: error, Cause: cause }));
  };

  const handlerOf = (resource: string): Handler => {
    if (resource.includes(':lambda:')) return options.tick;
    if (resource.endsWith(':aws-sdk:autoscaling:completeLifecycleAction')) return options.completeLifecycleAction;
    if (resource.endsWith(':states:startExecution')) return startItself;
    if (resource.endsWith(':aws-sdk:sfn:listExecutions')) return listExecutions(() => executions.values());
    if (resource.endsWith(':states:startExecution.sync:2')) return startAndWait;
    throw new Error(`the sandbox has nothing behind ${resource}`);
  };

  const idle = async () => {
    while (running.size > 0) await Promise.all(running.values());
  };

  return {
    start,
    describe: (executionArn) => executions.get(executionArn),
    list: () => [...executions.values()],
    ended: async (executionArn) => {
      await running.get(executionArn);
      const execution = executions.get(executionArn);
      if (!execution) throw new Error(`no execution ${executionArn}`);
      return execution;
    },
    idle,
    stop: async () => {
      stopping.abort(new Error('the sandbox stops'));
      await idle();
    },
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#StepFunctions-StartExecution-request-name */
function isExecutionName(name: string): boolean {
  return /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name);
}
