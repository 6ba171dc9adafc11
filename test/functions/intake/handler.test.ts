import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it, vi } from 'vitest';
import { intakeEnvironment } from '../../../shared/settings/intake.ts';
import { context, readEvent, terminateMachine } from './invoke.ts';

const stepFunctions = mockClient(SFNClient);

beforeEach(() => {
  stepFunctions.reset();
  stepFunctions.onAnyCommand().rejects(new Error('unexpected command'));
  vi.resetModules();
});

async function loadHandler() {
  const settings = {
    account: undefined,
    topicArns: [],
    stateMachines: { terminate: terminateMachine },
    networks: [],
    clusterName: undefined,
    logLevel: 'info',
  } as const;
  for (const [key, text] of Object.entries(intakeEnvironment(settings))) vi.stubEnv(key, text);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  return (await import('../../../functions/intake/handler.ts')).handler;
}

it('starts the state machine of its environment and writes the request id, the outcome and a metric', async () => {
  stepFunctions.on(StartExecutionCommand).resolves({ executionArn: 'arn', startDate: new Date(0) });
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await (await loadHandler())(readEvent('sns-terminate.json'), context);

  const [start] = stepFunctions.commandCalls(StartExecutionCommand);
  expect(start?.args[0].input).toMatchObject({
    name: 'i-05629ab7d9287e205-465e0162-e6af-4786-b4e8-bb544ae58790',
    stateMachineArn: terminateMachine,
  });
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines).toEqual([
    expect.objectContaining({ message: 'event taken', outcome: 'started', function_request_id: context.awsRequestId }),
    expect.objectContaining({ EventsTaken: 1, Outcome: 'started', service: 'intake' }),
  ]);
});

it('joins an execution that Step Functions says is running', async () => {
  stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
  stepFunctions.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await (await loadHandler())(readEvent('sns-terminate.json'), context);
  expect(JSON.parse(String(written.mock.calls[0]?.[0]))).toMatchObject({ outcome: 'joined' });
});

it('does not load with settings that are wrong', async () => {
  vi.stubEnv('ENL_TOPIC_ARNS', 'everything');
  await expect(import('../../../functions/intake/handler.ts')).rejects.toThrow(
    '2 problems in the settings: ENL_TOPIC_ARNS: entry 1: expected the ARN of a standard SNS topic; ENL_STATE_MACHINE_TERMINATE: no kind of action has a state machine',
  );
});
