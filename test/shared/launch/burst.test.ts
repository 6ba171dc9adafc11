import { describe, expect, it } from 'vitest';
import { launchTick } from '../../../shared/launch/launch-tick.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import type { LaunchEnd, LaunchInput } from '../../../shared/lifecycle/launch.ts';
import { actionOf, createWorld, groupName, instanceId } from './launch-world.ts';

type World = ReturnType<typeof createWorld>;
const policy = { deadlineSeconds: 300 };
const count = (ends: readonly LaunchEnd[], completion: string) =>
  ends.filter((end) => end.completion === completion).length;

/** Several instances that never join, and Auto Scaling's own word on what became of the others. */
function burst(world: World, ids: readonly string[]): HookAction[] {
  const { scaling, ports } = world;
  ports.autoScaling.countAbandoned = async () =>
    scaling.activitiesOf(groupName).filter(({ statusCode }) => statusCode === 'Cancelled').length;
  ports.autoScaling.heldLaunches = async () =>
    scaling
      .activitiesOf(groupName)
      .filter(({ statusCode }) => statusCode === 'MidLifecycleAction')
      .toSorted((a, b) => a.startedAt - b.startedAt)
      .map(({ description }) => description.split(': ')[1] ?? '');
  return ids.map((id) => actionOf(scaling.launchInstance(groupName, { id })[0] ?? expect.fail('no hook')));
}

/** All tick at once, again and again. */
async function runAll(world: World, actions: readonly HookAction[]): Promise<LaunchEnd[]> {
  const { clock, settings, ports } = world;
  let inputs = actions.map((action): LaunchInput => ({ action, state: null, execution: action.token }));
  const ends: LaunchEnd[] = [];
  for (let round = 0; inputs.length > 0; round += 1) {
    if (round > 100) throw new Error('not done');
    const limit = { endsAt: clock.now() + 180_000, signal: new AbortController().signal };
    const ticks = inputs.map((input) => launchTick(input, settings, ports, limit));
    const outputs = await clock.runUntil(Promise.all(ticks));
    const again = outputs.flatMap((output) => (output.status === 'again' ? [output] : []));
    ends.push(...outputs.flatMap((output) => (output.status === 'done' ? [output.end] : [])));
    inputs = again.map(({ action, state }) => ({ action, state, execution: action.token }));
    if (again.length > 0) await clock.advance(Math.min(...again.map(({ waitSeconds }) => waitSeconds)) * 1000);
  }
  return ends;
}

const ids = ['i-0a', 'i-0b', 'i-0c', 'i-0d', 'i-0e', 'i-0f', 'i-10', 'i-11'];

describe('launches of a group that are given up at once', () => {
  it('are abandoned up to the limit, and the others kept: no fleet goes in one moment', async () => {
    const world = createWorld({ policy });
    const ends = await runAll(world, burst(world, ids));
    expect([count(ends, 'ABANDON'), count(ends, 'CONTINUE')]).toEqual([3, 5]);
    expect(ends.filter(({ reason }) => reason === 'never-ready-kept')).toHaveLength(5);
    expect(world.seconds()).toBeLessThan(240 + 60);
  });

  it('take those into account that were abandoned before, and wait for no replacement', async () => {
    const world = createWorld({ policy });
    const [first, ...others] = burst(world, ids);
    if (first) world.scaling.completeAction(first, 'ABANDON');
    expect(count(await runAll(world, others), 'ABANDON')).toBe(2);
    expect(world.seconds()).toBeLessThan(240 + 60);
  });
});

describe('a launch that is given up', () => {
  const alone = { reason: 'never-ready', completion: 'ABANDON' };
  it('does not wait for others that come after it', async () => {
    const world = createWorld({ policy });
    world.ports.autoScaling.heldLaunches = async () => ['i-ff', 'i-fe', instanceId, ...ids];
    expect((await world.run(world.launch())).end).toMatchObject(alone);
    expect(world.seconds()).toBe(240);
  });

  it('waits for others before it, but not for long', async () => {
    const world = createWorld({ policy });
    world.ports.autoScaling.heldLaunches = async () => ['i-00', 'i-01', 'i-02', instanceId];
    expect((await world.run(world.launch())).end).toMatchObject(alone);
    expect(world.seconds()).toBeGreaterThanOrEqual(360);
    expect(world.seconds()).toBeLessThan(400);
  });

  it('does so also while nobody can tell of others', async () => {
    const world = createWorld({ policy });
    world.ports.autoScaling.heldLaunches = async () => Promise.reject(new Error('Throttling'));
    expect((await world.run(world.launch())).end).toMatchObject(alone);
    expect(world.seconds()).toBeLessThan(400);
  });

  it('does so also while it is not among those that are told of', async () => {
    const world = createWorld({ policy });
    world.ports.autoScaling.heldLaunches = async () => [];
    expect((await world.run(world.launch())).end).toMatchObject(alone);
    expect(world.seconds()).toBeGreaterThanOrEqual(360);
  });

  it('never waits past its hook', async () => {
    const world = createWorld({ heartbeatSeconds: 30, policy: { deadlineSeconds: 9_000 } });
    world.ports.autoScaling.heldLaunches = async () => ['i-00', 'i-01', 'i-02', instanceId];
    expect((await world.run(world.launch(), 500)).end).toMatchObject(alone);
    expect(world.seconds()).toBeLessThan(3_000);
    expect(world.completions).toMatchObject([{ answer: 'accepted' }]);
  });

  it.each(['in service', 'kept'])('waits for nobody when it is %s', async (what) => {
    const world = createWorld({ policy });
    const action = world.launch();
    if (what === 'kept') world.aws.abandoned = 3;
    else world.at(30, () => world.scaling.completeAction({ ...action }, 'CONTINUE'));
    world.ports.autoScaling.heldLaunches = async () => ['i-00', 'i-01', 'i-02'];
    expect((await world.run(action)).end.completion).not.toBe('ABANDON');
    expect(world.seconds()).toBeLessThanOrEqual(250);
  });
});
