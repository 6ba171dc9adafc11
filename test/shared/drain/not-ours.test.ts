import { describe, expect, it } from 'vitest';
import { createWorld, deployment, groupName, type World } from './drain-world.ts';

const cases: [title: string, code: string, text: string | RegExp, arrange: (world: World) => void, ticks: number][] = [
  [
    "a managed node group's own hook",
    'managed-node-group',
    'belongs to the managed node group ng-1',
    ({ scaling }) => Object.assign(scaling.group(groupName)?.tags ?? {}, { 'eks:nodegroup-name': 'ng-1' }),
    1,
  ],
  [
    "another team's hook",
    'foreign-hook',
    'LifecycleHookName drain-hook of example-asg is neither named in our settings nor notifies our topic',
    ({ scaling }) => {
      for (const hook of scaling.group(groupName)?.hooks ?? [])
        hook.notificationTargetArn = 'arn:aws:sns:us-east-1:123456789012:theirs';
    },
    1,
  ],
  [
    'a hook that does not exist',
    'hook-not-found',
    'group example-asg has no lifecycle hook drain-hook',
    ({ scaling }) => scaling.group(groupName)?.hooks.splice(0),
    1,
  ],
  [
    'an instance that is not in the group',
    'instance-not-in-group',
    /EC2InstanceId i-\w+ is in group other, AutoScalingGroupName says example-asg/,
    ({ ports }) => {
      ports.autoScaling.describeInstance = async () => ({ groupName: 'other', lifecycleState: 'Terminating:Wait' });
    },
    1,
  ],
  [
    'a healthy instance',
    'healthy-instance',
    'is InService, not terminating',
    ({ ports }) => {
      ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState: 'InService' });
    },
    2,
  ],
  [
    'a group with two clusters',
    'two-clusters',
    'the tags of group example-asg name two clusters: demo and other',
    ({ scaling }) => Object.assign(scaling.group(groupName)?.tags ?? {}, { 'kubernetes.io/cluster/other': 'shared' }),
    1,
  ],
  [
    'a group of no cluster',
    'no-cluster',
    'nothing names the cluster of group example-asg: tag it kubernetes.io/cluster/<name>=owned',
    ({ scaling }) => delete scaling.group(groupName)?.tags['kubernetes.io/cluster/demo'],
    1,
  ],
];

describe('an action that is not ours to work on changes nothing and says why', () => {
  it.each(cases)('%s', async (_title, code, text, arrange, ticks) => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const before = JSON.stringify([world.node(), world.cluster.list('pods'), world.cluster.list('events')]);
    const action = world.terminate();
    arrange(world);

    const done = await world.drain(action);

    expect(done.end).toMatchObject({ reason: 'ignored', code, completion: null });
    expect(done.end.text).toMatch(text);
    expect(done.ticks).toBe(ticks);
    expect(world.completions).toEqual([]);
    expect(world.reports.size).toBe(0);
    expect(JSON.stringify([world.node(), world.cluster.list('pods'), world.cluster.list('events')])).toBe(before);
  });

  it('a healthy instance of which Auto Scaling says a moment later that it terminates is drained', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const action = world.terminate();
    const { describeInstance } = world.ports.autoScaling;
    let lags = 1;
    world.ports.autoScaling.describeInstance = async (...call) =>
      lags-- > 0 ? { groupName, lifecycleState: 'InService' } : describeInstance(...call);
    const done = await world.drain(action);
    expect(done.end.reason).toBe('drained');
  });

  it('a hook named in the settings is ours although it notifies nobody', async () => {
    const world = createWorld();
    world.settings.ours = { hookNames: ['drain-hook'], topicArns: [] };
    const [hook] = world.scaling.group(groupName)?.hooks ?? [];
    if (hook) delete hook.notificationTargetArn;
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
  });
});
