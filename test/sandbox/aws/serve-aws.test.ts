import { AutoScalingClient, CompleteLifecycleActionCommand, DeletePolicyCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { actionOf, executionsOf, startAws } from './start-aws.ts';

describe('the AWS endpoint of the sandbox', () => {
  it('remembers what was asked of it, in order, with the time of its own clock', async () => {
    const aws = await startAws();
    const { clientOptions, sandbox, clock } = aws;
    const client = new AutoScalingClient(clientOptions);
    const { groupName, hookName, token } = actionOf(aws);
    const key = { AutoScalingGroupName: groupName, LifecycleHookName: hookName, LifecycleActionToken: token };
    await clock.advance(1_000);
    await client.send(new CompleteLifecycleActionCommand({ ...key, LifecycleActionResult: 'ABANDON' }));
    expect(sandbox.calls).toEqual([
      {
        service: 'autoscaling',
        operation: 'CompleteLifecycleAction',
        input: { ...key, LifecycleActionResult: 'ABANDON', Version: '2011-01-01' },
        at: Date.UTC(2026, 0, 31, 12, 0, 1),
      },
    ]);
  });

  it('refuses a result that is neither CONTINUE nor ABANDON', async () => {
    const { clientOptions } = await startAws();
    const command = new CompleteLifecycleActionCommand({
      AutoScalingGroupName: 'workers',
      LifecycleHookName: 'drain',
      LifecycleActionResult: 'DONE',
    });
    await expect(new AutoScalingClient(clientOptions).send(command)).rejects.toThrow('Invalid Lifecycle Action Result');
  });

  it('refuses operations that it does not know, in the words of each service', async () => {
    const { clientOptions } = await startAws({ executions: executionsOf({}) });
    const [scaling, ec2] = [new AutoScalingClient(clientOptions), new EC2Client(clientOptions)];
    const [eks, sfn] = [new EKSClient(clientOptions), new SFNClient(clientOptions)];
    const named = (name: string) => expect.objectContaining({ name });
    await expect(scaling.send(new DeletePolicyCommand({ PolicyName: 'x' }))).rejects.toEqual(named('InvalidAction'));
    await expect(ec2.send(new DescribeRegionsCommand({}))).rejects.toEqual(named('InvalidAction'));
    await expect(eks.send(new ListClustersCommand({}))).rejects.toEqual(named('UnknownOperationException'));
    await expect(sfn.send(new ListStateMachinesCommand({}))).rejects.toEqual(named('UnknownOperationException'));
  });

  it('has no answer without a signature', async () => {
    const { server } = await startAws();
    const answer = await fetch(server.url);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('without a signature')]);
  });
});
