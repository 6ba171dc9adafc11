import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { createLaunchHistory } from '../../../shared/adapters/launch-history.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { startDiagnosis } from './start-diagnosis.ts';

const minutes = 60_000;

async function start() {
  const started = await startDiagnosis();
  const { sandbox, clock, history } = started;
  const pause = (destination?: 'WarmPool') =>
    sandbox.scaling.launchInstance('workers', destination ? { destination } : {})[0]?.LifecycleActionToken;
  const complete = (token: string | undefined, result: 'CONTINUE' | 'ABANDON') =>
    sandbox.scaling.completeAction({ groupName: 'workers', hookName: 'join', token }, result);
  return {
    ...started,
    pause,
    complete,
    abandonedSince: (at: number) => history.countAbandoned('workers', at, never),
    clock,
  };
}

describe('the abandoned launches of a group', () => {
  it('are counted into the group and into its warm pool, and no other activity is', async () => {
    const { sandbox, pause, complete, abandonedSince } = await start();
    complete(pause(), 'ABANDON');
    complete(pause('WarmPool'), 'ABANDON');
    complete(pause(), 'CONTINUE');
    sandbox.scaling.terminateInstance(sandbox.scaling.instanceIds()[0] as string);
    pause();
    expect(await abandonedSince(0)).toBe(2);
  });

  it('count by when they were given up, though they began long before', async () => {
    const { clock, pause, complete, abandonedSince } = await start();
    const token = pause();
    await clock.advance(4 * minutes);
    complete(token, 'ABANDON');
    const at = clock.now();
    expect(await abandonedSince(at)).toBe(1);
    expect(await abandonedSince(at + 1)).toBe(0);
  });

  it('count when a heartbeat timeout gave them up', async () => {
    const { sandbox, clock, pause, abandonedSince } = await start();
    const hook = sandbox.scaling.group('workers')?.hooks.find(({ name }) => name === 'join');
    if (hook) hook.defaultResult = 'ABANDON';
    pause();
    await clock.advance(5 * minutes);
    expect(await abandonedSince(0)).toBe(1);
  });

  it('are none in a group that is gone', async () => {
    const { history } = await start();
    expect(await history.countAbandoned('gone', 0, never)).toBe(0);
  });

  it('are asked for by status and for as long back as a hook can hold a launch', async () => {
    const { sandbox, clock, abandonedSince } = await start();
    await abandonedSince(clock.now());
    const { input } = sandbox.calls.at(-1) ?? {};
    expect(Object.values(input ?? {})).toEqual(
      expect.arrayContaining(['workers', '2026-01-29T12:00:00.000Z', 'Cancelled', 'Failed']),
    );
  });

  it('are counted on all pages', async () => {
    const { pause, complete, abandonedSince, operations } = await start();
    for (let launch = 0; launch < 101; launch++) complete(pause(), 'ABANDON');
    expect(await abandonedSince(0)).toBe(101);
    expect(operations()).toEqual(['DescribeScalingActivities', 'DescribeScalingActivities']);
  });

  it('are not looked for on pages that are too old, should the service not filter', async () => {
    const old = { Description: 'Launching a new EC2 instance: i-1', StatusCode: 'Cancelled', StartTime: new Date(0) };
    const pages = [{ Activities: [old], NextToken: 'more' }, { Activities: [] }];
    const client = { send: async () => pages.shift() } as unknown as AutoScalingClient;
    expect(await createLaunchHistory(client).countAbandoned('workers', 72 * 60 * minutes, never)).toBe(0);
    expect(pages).toHaveLength(1);
  });

  it.each([
    [
      'Launching a new EC2 instance: i-1',
      'Cancelled',
      'Lifecycle Action with token t was abandoned: Heartbeat Timeout',
      1,
    ],
    ['Launching a new EC2 instance from warm pool: i-1', 'Failed', 'Lifecycle Action with token t was abandoned: x', 1],
    ['Terminating EC2 instance: i-1', 'Cancelled', 'Lifecycle Action with token t was abandoned: Heartbeat Timeout', 0],
    ['Launching a new EC2 instance: i-1', 'Successful', 'Lifecycle Action with token t was abandoned: x', 0],
    ['Launching a new EC2 instance.', 'Failed', 'Launching EC2 instance failed.', 0],
    ['Launching a new EC2 instance: i-1', 'Cancelled', undefined, 0],
  ])('are told from what else goes wrong: %s, %s, %s', async (Description, StatusCode, StatusMessage, count) => {
    const at = new Date(1_000);
    const activity = { Description, StatusCode, StatusMessage, StartTime: at, EndTime: at };
    const client = { send: async () => ({ Activities: [activity] }) } as unknown as AutoScalingClient;
    expect(await createLaunchHistory(client).countAbandoned('workers', 1_000, never)).toBe(count);
  });
});

describe('the launches of a group that a hook holds', () => {
  it('are told of in the order of their start, whether into the group or into its warm pool', async () => {
    const { sandbox, clock, history, complete, pause } = await start();
    const hooks = sandbox.scaling.group('workers')?.hooks ?? [];
    sandbox.scaling.addGroup({ name: 'others', tags: {}, hooks });
    sandbox.scaling.launchInstance('others', { id: 'i-0e' });
    for (const id of ['i-0c', 'i-0b', 'i-0d']) sandbox.scaling.launchInstance('workers', { id });
    await clock.advance(1_000);
    sandbox.scaling.launchInstance('workers', { id: 'i-0a', destination: 'WarmPool' });
    complete(pause(), 'CONTINUE');
    sandbox.scaling.addInstance('workers', 'i-0f');
    sandbox.scaling.terminateInstance('i-0f');
    expect(await history.heldLaunches('workers', clock.now(), never)).toEqual(['i-0b', 'i-0c', 'i-0d', 'i-0a']);
  });

  it('are none in a group that is gone', async () => {
    const { history } = await start();
    expect(await history.heldLaunches('gone', 0, never)).toEqual([]);
  });

  it('are asked for by status and for as long back as a hook can hold them', async () => {
    const { sandbox, clock, history } = await start();
    await history.heldLaunches('workers', clock.now(), never);
    const { input } = sandbox.calls.at(-1) ?? {};
    expect(Object.values(input ?? {})).toEqual(
      expect.arrayContaining(['workers', '2026-01-29T12:00:00.000Z', 'MidLifecycleAction']),
    );
  });

  it.each([
    ['Launching a new EC2 instance: i-0a', ['i-0a']],
    ['Launching a new EC2 instance from warm pool: i-0a', ['i-0a']],
    ['Launching a new EC2 instance into warm pool: i-0a.  Status Reason: x: i-0b', ['i-0a']],
    ['Terminating EC2 instance: i-0a', []],
    ['Launching a new EC2 instance', []],
    [undefined, []],
  ])('are those that say so: %s', async (Description, ids) => {
    const activity = { Description, StatusCode: 'MidLifecycleAction' };
    const client = { send: async () => ({ Activities: [activity] }) } as unknown as AutoScalingClient;
    expect(await createLaunchHistory(client).heldLaunches('workers', 0, never)).toEqual(ids);
  });
});
