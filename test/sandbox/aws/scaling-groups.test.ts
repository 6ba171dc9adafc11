import { describe, expect, it } from 'vitest';
import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';

const seconds = 1000;
const key = (hookName: string, token: string | undefined) => ({ groupName: 'workers', hookName, token });

function start(...hooks: { name: string; heartbeatSeconds?: number; defaultResult?: 'CONTINUE' | 'ABANDON' }[]) {
  const clock = createManualClock(Date.UTC(2026, 0, 31, 12));
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const full = hooks.map((hook) => ({ heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const, ...hook }));
  scaling.addGroup({ name: 'workers', tags: {}, hooks: full });
  scaling.addInstance('workers', 'i-1');
  const state = () => {
    const { lifecycleState, ec2State } = scaling.instance('i-1') ?? {};
    return [lifecycleState, ec2State];
  };
  const tokens = () => scaling.terminateInstance('i-1').map((notification) => notification.LifecycleActionToken);
  return { clock, scaling, state, tokens };
}

describe('a termination', () => {
  it('tells the target of each hook, each with its own token', () => {
    const { scaling } = start({ name: 'drain' }, { name: 'logs' });
    Object.assign(scaling.group('workers')?.hooks[0] ?? {}, { metadata: 'prod' });
    const notifications = scaling.terminateInstance('i-1');
    expect(notifications).toEqual([
      {
        Origin: 'AutoScalingGroup',
        LifecycleHookName: 'drain',
        Destination: 'EC2',
        AccountId: '123456789012',
        RequestId: expect.any(String),
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        AutoScalingGroupName: 'workers',
        Service: 'AWS Auto Scaling',
        Time: '2026-01-31T12:00:00.000Z',
        EC2InstanceId: 'i-1',
        LifecycleActionToken: expect.any(String),
        NotificationMetadata: 'prod',
      },
      expect.objectContaining({ LifecycleHookName: 'logs' }),
    ]);
    expect(new Set(notifications.map((notification) => notification.LifecycleActionToken)).size).toBe(2);
  });

  it('goes from service through its hook to an end that Auto Scaling forgets and EC2 does not', async () => {
    const { clock, scaling, state, tokens } = start({ name: 'drain' });
    expect(state()).toEqual(['InService', 'running']);
    const [token] = tokens();
    expect(state()).toEqual(['Terminating:Wait', 'running']);
    scaling.completeAction(key('drain', token), 'CONTINUE');
    expect(state()).toEqual(['Terminating:Proceed', 'shutting-down']);
    await clock.advance(30 * seconds);
    expect(state()).toEqual(['Terminated', 'terminated']);
    await clock.advance(60 * seconds);
    expect(state()).toEqual([undefined, 'terminated']);
  });

  it('waits for nothing without a hook', () => {
    const { state, tokens } = start();
    expect(tokens()).toEqual([]);
    expect(state()).toEqual(['Terminating:Proceed', 'shutting-down']);
  });

  it('waits for all of its hooks, from the completion of the last', async () => {
    const { clock, scaling, state, tokens } = start({ name: 'drain' }, { name: 'logs' });
    const [drain, logs] = tokens();
    scaling.completeAction(key('drain', drain), 'CONTINUE');
    await clock.advance(100 * seconds);
    expect(state()[0]).toBe('Terminating:Wait');
    scaling.completeAction(key('logs', logs), 'CONTINUE');
    expect(state()[0]).toBe('Terminating:Proceed');
  });

  it('goes on at once when one hook abandons, and the others have nothing left to complete', () => {
    const { scaling, state, tokens } = start({ name: 'drain' }, { name: 'logs' });
    const [drain, logs] = tokens();
    scaling.completeAction(key('drain', drain), 'ABANDON');
    expect(state()[0]).toBe('Terminating:Proceed');
    expect(() => scaling.recordHeartbeat(key('logs', logs))).toThrow('No active Lifecycle Action found');
  });
});

describe('a hook that nobody completes', () => {
  it.each([
    { defaultResult: 'CONTINUE' as const, becomes: 'Terminating:Wait' },
    { defaultResult: 'ABANDON' as const, becomes: 'Terminating:Proceed' },
  ])('ends with $defaultResult at its heartbeat timeout', async ({ defaultResult, becomes }) => {
    const { clock, state, tokens } = start({ name: 'drain', defaultResult }, { name: 'logs', heartbeatSeconds: 600 });
    tokens();
    await clock.advance(300 * seconds - 1);
    expect(state()[0]).toBe('Terminating:Wait');
    await clock.advance(1);
    expect(state()[0]).toBe(becomes);
  });

  it.each([
    { heartbeatSeconds: 30, limitSeconds: 3_000 },
    { heartbeatSeconds: 3_600, limitSeconds: 172_800 },
  ])('of $heartbeatSeconds s lives by heartbeats for $limitSeconds s and no longer', async (timing) => {
    const { clock, scaling, state, tokens } = start({ name: 'drain', heartbeatSeconds: timing.heartbeatSeconds });
    const [token] = tokens();
    const stepMs = (timing.heartbeatSeconds * seconds) / 2;
    const steps = (timing.limitSeconds * seconds) / stepMs;
    for (let step = 1; step < steps; step++) {
      await clock.advance(stepMs);
      scaling.recordHeartbeat(key('drain', token));
    }
    expect(state()[0]).toBe('Terminating:Wait');
    await clock.advance(stepMs);
    expect(state()[0]).toBe('Terminating:Proceed');
    expect(() => scaling.recordHeartbeat(key('drain', token))).toThrow(
      `No active Lifecycle Action found with token ${token}`,
    );
  });
});

describe('a completion', () => {
  it('needs the token of its own hook, or the instance', () => {
    const { scaling, state, tokens } = start({ name: 'drain' }, { name: 'logs' });
    const [, logs] = tokens();
    const complete = (action: object) => scaling.completeAction({ ...key('drain', undefined), ...action }, 'CONTINUE');
    expect(() => complete({ token: logs })).toThrow(`No active Lifecycle Action found with token ${logs}`);
    expect(() => complete({ instanceId: 'i-2' })).toThrow('No active Lifecycle Action found with instance ID i-2');
    expect(() => complete({ groupName: 'other' })).toThrow('AutoScalingGroup name not found');
    complete({ instanceId: 'i-1' });
    complete({ hookName: 'logs', token: logs });
    expect(state()[0]).toBe('Terminating:Proceed');
  });
});
