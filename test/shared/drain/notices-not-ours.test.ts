import { describe, expect, it } from 'vitest';
import { createWorld, deployment, groupName, instanceId, topicArn, type World } from './drain-world.ts';

const demo = { 'kubernetes.io/cluster/demo': 'owned' };
const tagged = (managed: string) => ({ ...demo, 'eks-node-lifecycle/managed': managed });
const withoutHook = (world: World) => world.scaling.group(groupName)?.hooks.splice(0);
const inState = (world: World, lifecycleState: string | undefined) => {
  world.ports.autoScaling.describeInstance = async () =>
    lifecycleState === undefined ? undefined : { groupName, lifecycleState };
};

/** The end, once it is shown that nothing came of the notice: no mark, no report, no alarm, no metric of a drain. */
async function ignored(world: World, action = world.notice('spot-interruption', 120)) {
  await world.fill(deployment('web', 1));
  const before = world.node();
  const done = await world.drain(action);
  expect(done).toMatchObject({ end: { reason: 'ignored', completion: null, alarm: false }, report: null });
  expect(world.node()).toEqual(before);
  expect(world.pods()).toHaveLength(1);
  expect(world.reports.size).toBe(0);
  expect(world.cluster.list('events')).toEqual([]);
  expect(world.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  expect(world.metrics.map(({ name, value }) => `${name} ${value}`)).toEqual(['DrainsEnded 1', 'DrainsAlarming 0']);
  return { ticks: done.ticks, ...done.end };
}

describe('a notice is not acted on', () => {
  it.each<[string, (world: World) => unknown, string]>([
    ['when it comes again after its time', (world) => world.clock.jump(130_000), 'notice-over'],
    ['when the instance is no spot instance', ({ ec2 }) => Object.assign(ec2, { isSpot: false }), 'not-spot'],
    ['when the instance is in no group', (world) => inState(world, undefined), 'not-in-a-group'],
    ['when EC2 does not know the instance', ({ ec2 }) => Object.assign(ec2, { state: 'unknown' }), 'instance-gone'],
    ['when the instance is terminated', ({ ec2 }) => Object.assign(ec2, { state: 'terminated' }), 'instance-gone'],
    ['when the instance is stopped', ({ ec2 }) => Object.assign(ec2, { state: 'stopped' }), 'instance-gone'],
    ['when the group has no hook of ours', withoutHook, 'no-hook-of-ours'],
    [
      'when the group has a hook of somebody else only',
      (world) => {
        withoutHook(world);
        const theirs = {
          heartbeatSeconds: 60,
          defaultResult: 'CONTINUE' as const,
          notificationTargetArn: `${topicArn}2`,
        };
        world.scaling.group(groupName)?.hooks.push({ name: 'Terminate-LC-Hook', ...theirs });
      },
      'no-hook-of-ours',
    ],
    [
      'when the group has a hook of ours for launches only: somebody else drains it',
      (world) => {
        const hooks = world.scaling.group(groupName)?.hooks ?? [];
        for (const hook of hooks) hook.transition = 'launch';
      },
      'no-hook-of-ours',
    ],
    [
      'when the group went away meanwhile',
      ({ ports }) => {
        ports.autoScaling.describeGroup = async () => undefined;
      },
      'group-gone',
    ],
  ])('%s', async (_case, arrange, code) => {
    const world = createWorld();
    const action = world.notice('spot-interruption', 120);
    arrange(world);
    expect(await ignored(world, action)).toMatchObject({ code, ticks: 1 });
  });

  it.each<[string, Record<string, string>, boolean, string]>([
    [
      'in a managed node group, which EKS drains itself',
      { ...tagged('true'), 'eks:nodegroup-name': 'm' },
      false,
      'managed-node-group',
    ],
    ['in a group that is tagged managed=false', tagged('false'), false, 'opted-out'],
    ['in a group without the tag, when the setting asks for it', demo, true, 'not-opted-in'],
    ['in a group with another value of the tag, when the setting asks for it', tagged('yes'), true, 'not-opted-in'],
  ])('%s', async (_case, tags, requireTag, code) => {
    const world = createWorld({ tags });
    world.settings.ours = { ...world.settings.ours, requireTag };
    expect(await ignored(world)).toMatchObject({ code, ticks: 1 });
  });

  it.each(['Terminating:Proceed', 'Warmed:Terminating:Proceed', 'Warmed:Stopped', 'Warmed:Pending:Wait', 'Terminated'])(
    'as a change of state in %s, which follows every termination and every way to a warm pool',
    async (lifecycleState) => {
      const world = createWorld();
      inState(world, lifecycleState);
      world.ec2.state = 'shutting-down';
      expect(await ignored(world, world.notice('state-change', 0))).toMatchObject({ code: 'on-its-way', ticks: 1 });
    },
  );

  it('as a change of state of which EC2 knows nothing on two looks', async () => {
    const world = createWorld();
    const forged = { ...world.notice('state-change', 0), detail: 'shutting-down' };
    const end = await ignored(world, forged);
    expect(end).toMatchObject({ code: 'healthy-instance', ticks: 2 });
    expect(end.text).toBe(`EC2 says that ${instanceId} is running, not shutting-down`);
  });

  it('as a scheduled change of which EC2 knows nothing on two looks, a minute apart: AWS Health may be ahead of it', async () => {
    const world = createWorld({ notices: { scheduledChange: 'drain' } });
    const notice = world.notice('scheduled-change', 600);
    const first = await world.tickOnce({ action: notice, state: null, execution: 'one' });
    expect(first).toMatchObject({ status: 'again', waitSeconds: 60 });
    expect(await ignored(world, notice)).toMatchObject({ code: 'nothing-scheduled', ticks: 2 });
  });
});

describe('a notice is acted on', () => {
  it.each<[string, (world: World) => unknown, Record<string, string>, boolean]>([
    ['without a hook of ours when the group is tagged managed=true', withoutHook, tagged('True'), false],
    ['when the setting asks for the tag and it is there', () => undefined, tagged('true'), true],
    ['with a hook of ours, whatever else the tag says', () => undefined, tagged('yes'), false],
    ['while the instance is launching', (world) => inState(world, 'Pending:Proceed'), demo, false],
    ['while the instance is in standby', (world) => inState(world, 'Standby'), demo, false],
  ])('%s', async (_case, arrange, tags, requireTag) => {
    const world = createWorld({ tags });
    world.settings.ours = { ...world.settings.ours, requireTag };
    await world.fill(deployment('web', 1));
    arrange(world);
    expect((await world.drain(world.notice('spot-interruption', 120))).end.reason).toBe('drained');
  });

  it('as a change of state that EC2 tells only on the second look', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1, { annotations: { 'sandbox/stop-after': '2s' } }));
    world.at(3, () => Object.assign(world.ec2, { state: 'shutting-down' }));
    const done = await world.drain(world.notice('state-change', 0));
    expect(done.end.reason).toBe('drained');
    expect(world.pod('web')?.evictedAt).toBeDefined();
  });
});
