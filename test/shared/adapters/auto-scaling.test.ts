import { AutoScalingClient, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createAutoScaling } from '../../../shared/adapters/auto-scaling.ts';
import { actionOf, instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

async function start() {
  const aws = await startAws();
  return { ...aws, autoScaling: createAutoScaling(new AutoScalingClient(aws.clientOptions)) };
}

describe('what Auto Scaling says', () => {
  it('tells the group and the lifecycle state of an instance', async () => {
    const aws = await start();
    expect(await aws.autoScaling.describeInstance(instanceId, never)).toEqual({
      groupName: 'workers',
      lifecycleState: 'InService',
    });
    actionOf(aws);
    expect(await aws.autoScaling.describeInstance(instanceId, never)).toMatchObject({
      lifecycleState: 'Terminating:Wait',
    });
  });

  it('makes a record of the tags of a group, markup and all', async () => {
    const { autoScaling, sandbox } = await start();
    const tags = { 'eks:cluster-name': 'prod', odd: `<&>"' é`, empty: '' };
    sandbox.scaling.addGroup({ name: 'tagged', tags, hooks: [] });
    expect(await autoScaling.describeGroup('tagged', never)).toEqual({ name: 'tagged', tags });
    sandbox.scaling.addGroup({ name: 'bare', tags: {}, hooks: [] });
    expect(await autoScaling.describeGroup('bare', never)).toEqual({ name: 'bare', tags: {} });
  });

  it.each([
    { heartbeatSeconds: 300, globalTimeoutSeconds: 30_000 },
    { heartbeatSeconds: 7200, globalTimeoutSeconds: 172_800 },
  ])('tells a hook of $heartbeatSeconds s and its own global limit', async (timing) => {
    const { autoScaling, sandbox } = await start();
    const target = 'arn:aws:sns:eu-west-1:123456789012:hooks';
    const hook = { name: 'a hook', defaultResult: 'ABANDON' as const, heartbeatSeconds: timing.heartbeatSeconds };
    sandbox.scaling
      .group('workers')
      ?.hooks.push({ ...hook, notificationTargetArn: target, metadata: '{"cluster":"prod"}' });
    expect(await autoScaling.describeHook('workers', 'a hook', never)).toEqual({
      name: 'a hook',
      defaultResult: 'ABANDON',
      ...timing,
      notificationTargetArn: target,
      metadata: '{"cluster":"prod"}',
    });
  });

  it('tells whether a group retains an instance whose termination is abandoned', async () => {
    const { autoScaling, sandbox } = await start();
    sandbox.scaling.addGroup({ name: 'retaining', tags: {}, hooks: [], retainsAbandoned: true });
    expect(await autoScaling.describeGroup('retaining', never)).toEqual({
      name: 'retaining',
      tags: {},
      retainsAbandoned: true,
    });
    expect(await autoScaling.describeGroup('workers', never)).not.toHaveProperty('retainsAbandoned');
  });

  it('tells all hooks of a group', async () => {
    const { autoScaling, sandbox } = await start();
    const target = 'arn:aws:sns:eu-west-1:123456789012:hooks';
    const hook = { name: 'launch', heartbeatSeconds: 60, defaultResult: 'CONTINUE' as const };
    sandbox.scaling.group('workers')?.hooks.push({ ...hook, transition: 'launch', notificationTargetArn: target });
    const hooks = await autoScaling.describeHooks('workers', never);
    expect(hooks).toMatchObject([{ name: 'drain' }, { name: 'launch', launches: true, notificationTargetArn: target }]);
    expect(hooks[0]).not.toHaveProperty('launches');
    expect(hooks[0]).toEqual(await autoScaling.describeHook('workers', 'drain', never));
    sandbox.scaling.addGroup({ name: 'bare', tags: {}, hooks: [] });
    expect(await autoScaling.describeHooks('bare', never)).toEqual([]);
  });

  it('answers undefined for what does not exist', async () => {
    const { autoScaling } = await start();
    expect(await autoScaling.describeInstance('i-gone', never)).toBeUndefined();
    expect(await autoScaling.describeGroup('gone', never)).toBeUndefined();
    expect(await autoScaling.describeHook('workers', 'gone', never)).toBeUndefined();
    expect(await autoScaling.describeHook('gone', 'drain', never)).toBeUndefined();
    expect(await autoScaling.describeHooks('gone', never)).toEqual([]);
  });

  it('finds the instance on a second page when the first is empty', async () => {
    const client = mockClient(new AutoScalingClient({ region: 'eu-west-1' }));
    client.onAnyCommand().rejects(new Error('unexpected command'));
    const instance = { InstanceId: instanceId, AutoScalingGroupName: 'workers', LifecycleState: 'InService' };
    const page = (input: object) => client.on(DescribeAutoScalingInstancesCommand, input);
    page({ InstanceIds: [instanceId] }).resolves({ AutoScalingInstances: [], NextToken: 'two' });
    page({ NextToken: 'two' }).resolves({ AutoScalingInstances: [{ ...instance } as never] });
    const autoScaling = createAutoScaling(client as unknown as AutoScalingClient);
    expect(await autoScaling.describeInstance(instanceId, never)).toMatchObject({ groupName: 'workers' });
  });
});

describe('a lifecycle action', () => {
  it('is completed once; a second completion finds no active action', async () => {
    const aws = await start();
    const action = actionOf(aws);
    expect(await aws.autoScaling.completeAction(action, 'CONTINUE', never)).toBe('accepted');
    expect(aws.sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('Terminating:Proceed');
    expect(await aws.autoScaling.completeAction(action, 'CONTINUE', never)).toBe('no-active-action');
    expect(await aws.autoScaling.recordHeartbeat(action, never)).toBe('no-active-action');
  });

  it('is named by its token alone, so that a later pause of the instance is not touched', async () => {
    const aws = await start();
    const earlier = actionOf(aws);
    actionOf(aws);
    expect(await aws.autoScaling.completeAction(earlier, 'CONTINUE', never)).toBe('no-active-action');
    expect(aws.sandbox.calls.at(-1)?.input).toEqual({
      Version: '2011-01-01',
      AutoScalingGroupName: 'workers',
      LifecycleHookName: 'drain',
      LifecycleActionToken: earlier.token,
      LifecycleActionResult: 'CONTINUE',
    });
  });

  it('of a group that is gone is not active', async () => {
    const aws = await start();
    const action = { ...actionOf(aws), groupName: 'deleted' };
    expect(await aws.autoScaling.completeAction(action, 'CONTINUE', never)).toBe('no-active-action');
  });

  it('outlives its heartbeat timeout when a heartbeat is recorded in time', async () => {
    const aws = await start();
    const action = actionOf(aws);
    await aws.clock.advance(299_000);
    expect(await aws.autoScaling.recordHeartbeat(action, never)).toBe('accepted');
    await aws.clock.advance(299_000);
    expect(await aws.autoScaling.describeInstance(instanceId, never)).toMatchObject({
      lifecycleState: 'Terminating:Wait',
    });
  });
});

describe('trouble', () => {
  it('ends a call with the reason of its signal', async () => {
    const { autoScaling } = await start();
    const stop = AbortSignal.abort(new Error('out of time'));
    await expect(autoScaling.describeGroup('workers', stop)).rejects.toThrow('out of time');
  });
});
