import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { createExecutions, executionArn } from '../../../shared/adapters/step-functions.ts';
import { executionsOf, machineArn, never, startAws } from '../../sandbox/aws/start-aws.ts';

async function start(ended: Parameters<typeof executionsOf>[0] = {}) {
  const engine = executionsOf(ended);
  const { clientOptions } = await startAws({ executions: engine });
  return { engine, executions: createExecutions(new SFNClient(clientOptions)) };
}

describe('executions', () => {
  it('starts with its input and then runs', async () => {
    const { engine, executions } = await start();
    const input = { instanceId: 'i-1', text: 'ümlaut "quoted"' };
    expect(await executions.status('one', machineArn, never)).toBe('missing');
    expect(await executions.start('one', machineArn, input, never)).toBe('started');
    expect(engine.started).toEqual([input]);
    expect(await executions.status('one', machineArn, never)).toBe('RUNNING');
  });

  it('does not start a name that is taken, and tells how it ended', async () => {
    const { engine, executions } = await start({ one: 'SUCCEEDED', two: 'FAILED' });
    expect(await executions.start('one', machineArn, {}, never)).toBe('exists');
    expect(await executions.status('one', machineArn, never)).toBe('SUCCEEDED');
    expect(await executions.status('two', machineArn, never)).toBe('FAILED');
    expect(engine.started).toEqual([]);
  });

  it('throws for a state machine that does not exist', async () => {
    const { executions } = await start();
    const other = machineArn.replace('drain', 'other');
    await expect(executions.start('one', other, {}, never)).rejects.toThrow(
      `starting execution one of ${other}: StateMachineDoesNotExist`,
    );
  });

  it.each([
    [
      'arn:aws:states:eu-west-1:123456789012:stateMachine:drain',
      'arn:aws:states:eu-west-1:123456789012:execution:drain:one',
    ],
    [
      'arn:aws-cn:states:cn-north-1:123456789012:stateMachine:drain',
      'arn:aws-cn:states:cn-north-1:123456789012:execution:drain:one',
    ],
    [
      'arn:aws-us-gov:states:us-gov-west-1:123456789012:stateMachine:drain:7',
      'arn:aws-us-gov:states:us-gov-west-1:123456789012:execution:drain:one',
    ],
  ])('are found by an ARN in the partition of %s', (machine, execution) => {
    expect(executionArn(machine, 'one')).toBe(execution);
  });
});
