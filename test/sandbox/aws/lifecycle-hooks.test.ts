import {
  AutoScalingClient,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  type Filter,
  PutLifecycleHookCommand,
  type PutLifecycleHookCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, it, test } from 'vitest';
import { instanceId, startAws } from './start-aws.ts';

const key = { AutoScalingGroupName: 'workers', LifecycleHookName: 'new' };
const terminating = { LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' };

async function start() {
  const aws = await startAws();
  const client = new AutoScalingClient(aws.clientOptions);
  return {
    ...aws,
    put: (input: Partial<PutLifecycleHookCommandInput>) =>
      client.send(new PutLifecycleHookCommand({ ...key, ...input })),
    remove: (name: string) => client.send(new DeleteLifecycleHookCommand({ ...key, LifecycleHookName: name })),
    groups: async (Filters: Filter[]) =>
      (await client.send(new DescribeAutoScalingGroupsCommand({ Filters }))).AutoScalingGroups?.map(
        ({ AutoScalingGroupName }) => AutoScalingGroupName,
      ),
    describe: (input: object) => client.send(new DescribeAutoScalingGroupsCommand(input)),
  };
}

describe('PutLifecycleHook in the sandbox', () => {
  it('takes what Auto Scaling takes when it is left out', async () => {
    const { put, sandbox } = await start();
    await put(terminating);
    expect(sandbox.scaling.hooksOf('workers')[1]).toEqual({
      name: 'new',
      transition: 'terminate',
      heartbeatSeconds: 3600,
      defaultResult: 'ABANDON',
    });
  });

  it('keeps of a hook that there is what is not said', async () => {
    const { put, sandbox } = await start();
    await put({ LifecycleHookName: 'drain', HeartbeatTimeout: 60 });
    expect(sandbox.scaling.hooksOf('workers')).toEqual([
      { name: 'drain', transition: 'terminate', heartbeatSeconds: 60, defaultResult: 'CONTINUE' },
    ]);
  });

  test.each<[string, Partial<PutLifecycleHookCommandInput>, string]>([
    ['no transition for a new one', {}, 'Invalid lifecycle transition'],
    ['a heartbeat of 7201 s', { ...terminating, HeartbeatTimeout: 7201 }, 'between 30 and 7200'],
    ['a result that there is not', { ...terminating, DefaultResult: 'RETRY' }, 'Invalid default result: RETRY'],
    ['a name with a space', { ...terminating, LifecycleHookName: 'a b' }, 'failed to satisfy constraint'],
    ['a target without a role', { ...terminating, NotificationTargetARN: 'arn:x' }, 'RoleARN is required'],
    ['a group that there is not', { ...terminating, AutoScalingGroupName: 'no' }, 'AutoScalingGroup no not found'],
  ])('refuses %s', async (_title, input, message) => {
    const { put } = await start();
    await expect(put(input)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  it('refuses the fifty-first, but changes one of fifty', async () => {
    const { put } = await start();
    for (let at = 1; at < 50; at++) await put({ ...terminating, LifecycleHookName: `h-${at}` });
    await expect(put({ ...terminating, LifecycleHookName: 'one-more' })).rejects.toThrow('which is the limit');
    await put({ LifecycleHookName: 'h-1', HeartbeatTimeout: 60 });
  });
});

describe('DeleteLifecycleHook in the sandbox', () => {
  it('lets go who waits in a termination', async () => {
    const { remove, sandbox } = await start();
    sandbox.scaling.terminateInstance(instanceId);
    await remove('drain');
    expect(sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('Terminating:Proceed');
    expect(sandbox.scaling.hooksOf('workers')).toEqual([]);
  });

  it('abandons who waits in a launch, who is replaced', async () => {
    const { put, remove, sandbox } = await start();
    await put({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', LifecycleHookName: 'join' });
    sandbox.scaling.launchInstance('workers', { id: 'i-1' });
    await remove('join');
    expect(sandbox.scaling.instance('i-1')?.lifecycleState).toBe('Terminating:Proceed');
    expect(sandbox.scaling.instanceIds()).toHaveLength(3);
  });

  it('refuses one that there is not', async () => {
    const { remove } = await start();
    await expect(remove('no')).rejects.toThrow('No lifecycle hook no found');
  });
});

describe('DescribeAutoScalingGroups in the sandbox', () => {
  it('answers the groups for which all filters hold', async () => {
    const { groups, sandbox } = await start();
    sandbox.scaling.addGroup({ name: 'two', tags: { a: '1', b: '2' }, hooks: [] });
    expect(await groups([])).toEqual(['workers', 'two']);
    expect(await groups([{ Name: 'tag-key', Values: ['a', 'z'] }])).toEqual(['two']);
    expect(await groups([{ Name: 'tag-value', Values: ['2'] }])).toEqual(['two']);
    expect(await groups([{ Name: 'tag:a', Values: ['1', '3'] }])).toEqual(['two']);
    expect(
      await groups([
        { Name: 'tag-key', Values: ['a'] },
        { Name: 'tag:b', Values: ['1'] },
      ]),
    ).toEqual([]);
    await expect(groups([{ Name: 'name', Values: ['two'] }])).rejects.toThrow('Unsupported filter name');
  });

  it('answers fifty at a time, and takes neither more names nor bigger pages than it should', async () => {
    const { describe: ask, sandbox } = await start();
    for (let at = 0; at < 60; at++) sandbox.scaling.addGroup({ name: `g-${at}`, tags: {}, hooks: [] });
    const page = await ask({});
    expect([page.AutoScalingGroups?.length, page.NextToken]).toEqual([50, '50']);
    expect((await ask({ NextToken: '50' })).AutoScalingGroups).toHaveLength(11);
    await expect(ask({ AutoScalingGroupNames: Array(51).fill('g-1') })).rejects.toThrow('51 names');
    await expect(ask({ MaxRecords: 101 })).rejects.toThrow('MaxRecords 101');
  });
});
