import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ExecutionPort } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

export function createExecutions(client: Pick<SFNClient, 'send'>): ExecutionPort {
  return {
    // While an execution of that name runs with the same input, the service answers as if it had just started it.
    start: (name, stateMachineArn, input, signal) =>
      during(
        `starting execution ${name} of ${stateMachineArn}`,
        signal,
        client
          .send(new StartExecutionCommand({ name, stateMachineArn, input: JSON.stringify(input) }), {
            abortSignal: signal,
          })
          .then(() => 'started' as const, ifNamed('ExecutionAlreadyExists', 'exists' as const)),
      ),

    status: (name, stateMachineArn, signal) =>
      during(
        `describing execution ${name} of ${stateMachineArn}`,
        signal,
        client
          .send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) }), {
            abortSignal: signal,
          })
          .then((answer) => answered('status', answer.status), ifNamed('ExecutionDoesNotExist', 'missing' as const)),
      ),
  };
}

/** In the partition, region and account of the state machine; a version or alias in its ARN is no part of the execution's. */
export function executionArn(stateMachineArn: string, name: string): string {
  const [arn, partition, states, region, account, , machine] = stateMachineArn.split(':');
  return [arn, partition, states, region, account, 'execution', machine, name].join(':');
}

function ifNamed<T>(name: string, value: T): (error: unknown) => T {
  return (error) => {
    if (isNamed(error, name)) return value;
    throw error;
  };
}
