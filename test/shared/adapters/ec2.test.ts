import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createCompute } from '../../../shared/adapters/ec2.ts';
import { actionOf, instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

async function start() {
  const aws = await startAws();
  return { ...aws, compute: createCompute(new EC2Client(aws.clientOptions)) };
}

describe('what EC2 says of an instance', () => {
  it('is its state until it is terminated, and undefined for one that never was', async () => {
    const aws = await start();
    const { compute } = aws;
    expect(await compute.instanceState(instanceId, never)).toBe('running');

    const { token } = actionOf(aws);
    aws.sandbox.scaling.completeAction({ groupName: 'workers', hookName: 'drain', token }, 'CONTINUE');
    expect(await compute.instanceState(instanceId, never)).toBe('shutting-down');
    await aws.clock.advance(30_000);
    expect(await compute.instanceState(instanceId, never)).toBe('terminated');

    expect(await compute.instanceState('i-never', never)).toBeUndefined();
  });

  it('is whether it is a spot instance', async () => {
    const { sandbox, compute } = await start();
    expect(await compute.instanceFacts(instanceId, never)).toEqual({ state: 'running', isSpot: false });
    sandbox.instances.set(instanceId, { spot: true });
    expect(await compute.instanceFacts(instanceId, never)).toEqual({ state: 'running', isSpot: true });
    expect(await compute.instanceFacts('i-never', never)).toBeUndefined();
  });

  it('may come on a second page', async () => {
    const client = mockClient(new EC2Client({ region: 'eu-west-1' }));
    client.onAnyCommand().rejects(new Error('unexpected command'));
    const instance = {
      InstanceId: instanceId,
      InstanceLifecycle: 'spot' as const,
      State: { Name: 'running' as const },
    };
    client.on(DescribeInstancesCommand, { InstanceIds: [instanceId] }).resolves({ Reservations: [], NextToken: 'two' });
    client.on(DescribeInstancesCommand, { NextToken: 'two' }).resolves({ Reservations: [{ Instances: [instance] }] });
    const compute = createCompute(client as unknown as EC2Client);
    expect(await compute.instanceFacts(instanceId, never)).toEqual({ state: 'running', isSpot: true });
  });

  it('is not taken for nothing when it tells no state', async () => {
    const client = mockClient(new EC2Client({ region: 'eu-west-1' }));
    client.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ InstanceId: instanceId }] }] });
    const compute = createCompute(client as unknown as EC2Client);
    await expect(compute.instanceFacts(instanceId, never)).rejects.toThrow('State');
  });
});

describe('the scheduled events of an instance', () => {
  it('are those that are still to come, whatever its state', async () => {
    const aws = await start();
    const { sandbox, compute } = aws;
    expect(await compute.scheduledEvents(instanceId, never)).toEqual([]);
    sandbox.instances.set(instanceId, {
      scheduledEvents: [
        { code: 'instance-stop', description: 'The instance is running on degraded hardware' },
        { code: 'system-reboot', description: '[Completed] Scheduled reboot' },
        { code: 'instance-reboot', description: '[Canceled] Scheduled reboot' },
        { code: 'system-maintenance', description: 'Not [Completed] yet' },
      ],
    });
    const toCome = ['instance-stop', 'system-maintenance'];
    expect(await compute.scheduledEvents(instanceId, never)).toEqual(toCome);

    const { token } = actionOf(aws);
    sandbox.scaling.completeAction({ groupName: 'workers', hookName: 'drain', token }, 'CONTINUE');
    expect(await compute.instanceState(instanceId, never)).toBe('shutting-down');
    expect(await compute.scheduledEvents(instanceId, never)).toEqual(toCome);
  });

  it('are none of an instance that EC2 does not know', async () => {
    const { compute } = await start();
    expect(await compute.scheduledEvents('i-never', never)).toEqual([]);
  });
});
