import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { fromStack } from '../../../cli/hooks/from-stack.ts';
import { type HookRequest, UsageError } from '../../../cli/hooks/hook-request.ts';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { DeniedError } from '../../../shared/adapters/paced-calls.ts';
import { createStackOutputs } from '../../../shared/adapters/stack-outputs.ts';
import { never, startAws } from '../../sandbox/aws/start-aws.ts';
import { roleArn, topicArn } from './start-hooks.ts';

const request = { command: 'install', topicArn: undefined, roleArn: undefined, force: false } as HookRequest;

async function open(outputs: Record<string, string> = { TopicArn: topicArn, HookRoleArn: roleArn }) {
  const { sandbox, clientOptions } = await startAws();
  sandbox.stacks.set('Ours', outputs);
  const readOutputs = createStackOutputs(new CloudFormationClient(clientOptions));
  const fill = (changes: Partial<HookRequest> = {}, stack = 'Ours') =>
    fromStack({ ...request, ...changes }, stack, { readOutputs, signal: never });
  return { sandbox, fill };
}

describe('what was left out', () => {
  it('is taken from the outputs of the stack, and what was given counts', async () => {
    const { fill } = await open();
    expect(await fill()).toMatchObject({ topicArn, roleArn });
    expect(await fill({ topicArn: 'given' })).toMatchObject({ topicArn: 'given', roleArn });
    expect(await fill({ command: 'remove' })).toMatchObject({ topicArn, roleArn: undefined });
  });

  it('is not asked for where nothing is missing', async () => {
    const { fill, sandbox } = await open();
    await fill({ topicArn: 'given', roleArn: 'given' });
    await fill({ command: 'remove', topicArn: 'given' });
    await fill({ command: 'remove', force: true });
    expect(sandbox.calls).toEqual([]);
  });

  it.each([
    ['a stack that is not there', 'Theirs', /^there is no stack Theirs/],
    ['a stack without such outputs', 'Ours', /^stack Ours is not one of ours/],
  ])('cannot be had of %s', async (_, stack, message) => {
    const { fill } = await open({ Other: 'x' });
    await expect(fill({}, stack)).rejects.toThrow(UsageError);
    await expect(fill({ command: 'remove' }, stack)).rejects.toThrow(message);
  });

  it('cannot be had without the right', async () => {
    const { fill, sandbox } = await open();
    sandbox.faults.add({ match: /^DescribeStacks$/, effect: refusal('cloudformation', 'denied') });
    const error = await fill().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('reading the outputs of stack Ours'),
      cause: expect.any(DeniedError),
    });
    expect(error).toMatchObject({ cause: { right: 'cloudformation:DescribeStacks' } });
  });
});
