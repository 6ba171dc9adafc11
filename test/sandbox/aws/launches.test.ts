import { describe, expect, it } from 'vitest';
import { createScalingGroups, type LifecycleNotification } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';

const seconds = 1000;
const settings = { heartbeatSeconds: 300, defaultResult: 'CONTINUE' as const };

function start() {
  const clock = createManualClock(Date.UTC(2026, 0, 31, 12));
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const hooks = [
    { name: 'join', transition: 'launch' as const, ...settings },
    { name: 'drain', ...settings },
  ];
  scaling.addGroup({ name: 'workers', tags: {}, hooks });
  const sent: LifecycleNotification[] = [];
  scaling.onNotification((notification) => sent.push(notification));
  const state = (id = 'i-1') => {
    const { lifecycleState, ec2State } = scaling.instance(id) ?? {};
    return [lifecycleState, ec2State];
  };
  const complete = (result: 'CONTINUE' | 'ABANDON' = 'CONTINUE') => {
    const { LifecycleHookName: hookName = '', LifecycleActionToken: token } = sent.at(-1) ?? {};
    scaling.completeAction({ groupName: 'workers', hookName, token }, result);
  };
  const arrive = async () => {
    complete();
    await clock.advance(seconds);
  };
  const wayOf = (notification: LifecycleNotification | undefined) =>
    [notification?.LifecycleHookName, notification?.Origin, notification?.Destination].join(' ');
  return { clock, scaling, sent, state, complete, arrive, wayOf };
}

describe('a launch', () => {
  it('pauses the instance for launch hooks only, and puts it into service when they are completed', async () => {
    const { clock, scaling, sent, state, complete, wayOf } = start();
    scaling.launchInstance('workers', { id: 'i-1', newToken: () => 'token' });
    expect(sent).toHaveLength(1);
    expect(wayOf(sent[0])).toBe('join EC2 AutoScalingGroup');
    expect(sent[0]).toMatchObject({
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      EC2InstanceId: 'i-1',
      LifecycleActionToken: 'token',
    });
    expect(state()).toEqual(['Pending:Wait', 'running']);
    complete();
    expect(state()).toEqual(['Pending:Proceed', 'running']);
    await clock.advance(seconds);
    expect(state()).toEqual(['InService', 'running']);
  });

  it('that is abandoned ends the instance, which another one replaces with a pause of its own', async () => {
    const { clock, scaling, sent, state, complete, wayOf } = start();
    scaling.launchInstance('workers', { id: 'i-1' });
    complete('ABANDON');
    expect(state()).toEqual(['Terminating:Proceed', 'shutting-down']);
    expect(sent).toHaveLength(2);
    expect(wayOf(sent[1])).toBe('join EC2 AutoScalingGroup');
    const id = sent[1]?.EC2InstanceId ?? '';
    expect(id).toMatch(/^i-[0-9a-f]{17}$/);
    expect(state(id)).toEqual(['Pending:Wait', 'running']);
    await clock.advance(30 * seconds);
    expect(state()).toEqual(['Terminated', 'terminated']);
  });

  it('of a group without launch hooks is in service at once', async () => {
    const { clock, scaling, sent, state } = start();
    scaling.addGroup({ name: 'plain', tags: {}, hooks: [] });
    scaling.launchInstance('plain', { id: 'i-1' });
    expect(sent).toEqual([]);
    await clock.advance(seconds);
    expect(state()).toEqual(['InService', 'running']);
  });
});

it('replaces no instance whose termination was abandoned', () => {
  const { scaling, sent, state, complete } = start();
  scaling.addInstance('workers', 'i-1');
  scaling.terminateInstance('i-1');
  complete('ABANDON');
  expect(state()).toEqual(['Terminating:Proceed', 'shutting-down']);
  expect([sent.length, scaling.instanceIds()]).toEqual([1, ['i-1']]);
});

describe('a warm pool', () => {
  it('is entered, left, returned to and left for good, each way with its own hook and states', async () => {
    const { clock, scaling, sent, state, arrive, wayOf } = start();
    scaling.launchInstance('workers', { id: 'i-1', destination: 'WarmPool' });
    expect([wayOf(sent.at(-1)), ...state()]).toEqual(['join EC2 WarmPool', 'Warmed:Pending:Wait', 'running']);
    await arrive();
    expect(state()).toEqual(['Warmed:Stopped', 'stopped']);

    scaling.launchInstance('workers', { id: 'i-1' });
    expect([wayOf(sent.at(-1)), ...state()]).toEqual(['join WarmPool AutoScalingGroup', 'Pending:Wait', 'running']);
    await arrive();
    expect(state()).toEqual(['InService', 'running']);

    scaling.terminateInstance('i-1', undefined, 'WarmPool');
    expect([wayOf(sent.at(-1)), ...state()]).toEqual([
      'drain AutoScalingGroup WarmPool',
      'Warmed:Pending:Wait',
      'running',
    ]);
    await arrive();
    expect(state()).toEqual(['Warmed:Stopped', 'stopped']);

    scaling.terminateInstance('i-1');
    expect([wayOf(sent.at(-1)), ...state()]).toEqual(['drain WarmPool EC2', 'Warmed:Terminating:Wait', 'stopped']);
    await arrive();
    expect(state()).toEqual(['Warmed:Terminating:Proceed', 'shutting-down']);
    await clock.advance(30 * seconds);
    expect(state()).toEqual(['Warmed:Terminated', 'terminated']);
  });

  it('gets another instance for one whose launch into it was abandoned', () => {
    const { scaling, sent, state, complete, wayOf } = start();
    scaling.launchInstance('workers', { id: 'i-1', destination: 'WarmPool' });
    complete('ABANDON');
    expect(state()).toEqual(['Warmed:Terminating:Proceed', 'shutting-down']);
    expect(wayOf(sent[1])).toBe('join EC2 WarmPool');
  });
});

describe('the activities of a group', () => {
  it('tell each way in the words of Auto Scaling, the newest first, and what became of it', async () => {
    const { clock, scaling, arrive, complete } = start();
    scaling.launchInstance('workers', { id: 'i-1', destination: 'WarmPool' });
    await arrive();
    scaling.launchInstance('workers', { id: 'i-1', newToken: () => 'two' });
    await clock.advance(60 * seconds);
    complete('ABANDON');
    const told = scaling.activitiesOf('workers').map(({ description, statusCode }) => [description, statusCode]);
    const why =
      "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token two was abandoned: Lifecycle Action Completed with ABANDON Result";
    expect(told).toEqual([
      [expect.stringMatching(/^Launching a new EC2 instance: i-/), 'MidLifecycleAction'],
      [`Launching a new EC2 instance from warm pool: i-1.  Status Reason: ${why}`, 'Cancelled'],
      ['Launching a new EC2 instance into warm pool: i-1', 'Successful'],
    ]);
    const [, abandoned] = scaling.activitiesOf('workers');
    expect([abandoned?.endedAt, abandoned?.statusMessage]).toEqual([clock.now(), why]);
  });
});
