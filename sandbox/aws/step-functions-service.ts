import type { ExecutionStatus } from '../../shared/ports.ts';
import { TaskError } from '../execution/task-error.ts';
import { AwsError } from './aws-error.ts';
import { jsonAnswer } from './json-answer.ts';
import type { WireAnswer, WireService } from './wire.ts';

/** What runs the state machines. Instants are epoch milliseconds. */
export interface ExecutionEngine {
  /** `existed`: the name is taken, nothing was started. Throws a TaskError for a bad name or an unknown state machine. */
  start(name: string, stateMachineArn: string, input: unknown): EngineStart;
  describe(executionArn: string): EngineExecution | undefined;
}

export interface EngineStart {
  executionArn: string;
  startedAt: number;
  existed: boolean;
}

export interface EngineExecution {
  status: Exclude<ExecutionStatus, 'missing'>;
  startedAt: number;
}

const contentType = 'application/x-amz-json-1.0';

/** StartExecution and DescribeExecution in AWS JSON 1.0. */
export function createStepFunctionsService(engine: ExecutionEngine): WireService {
  const operations: Record<string, (input: Record<string, string>) => unknown> = {
    StartExecution: ({ name = '', stateMachineArn = '', input = '{}' }) => {
      const { executionArn, startedAt, existed } = start(engine, name, stateMachineArn, JSON.parse(input));
      if (existed) throw new AwsError(400, 'ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
      return { executionArn, startDate: startedAt / 1000 };
    },
    DescribeExecution: ({ executionArn = '' }) => {
      const execution = engine.describe(executionArn);
      if (!execution) throw new AwsError(400, 'ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      return { executionArn, status: execution.status, startDate: execution.startedAt / 1000 };
    },
  };

  return {
    read: ({ headers, body }) => ({
      name: String(headers['x-amz-target']).replace('AWSStepFunctions.', ''),
      input: JSON.parse(body),
    }),
    answer: ({ name, input }) => {
      const operation = operations[name];
      if (!operation) throw new AwsError(400, 'UnknownOperationException', name);
      return jsonAnswer(200, operation(input as Record<string, string>), { contentType });
    },
    refuse: stepFunctionsRefusal,
  };
}

export function stepFunctionsRefusal({ status, code, message }: AwsError): WireAnswer {
  return jsonAnswer(status, { __type: code, message }, { contentType });
}

function start(engine: ExecutionEngine, ...execution: Parameters<ExecutionEngine['start']>) {
  try {
    return engine.start(...execution);
  } catch (error) {
    throw error instanceof TaskError ? new AwsError(400, error.name, error.message) : error;
  }
}
