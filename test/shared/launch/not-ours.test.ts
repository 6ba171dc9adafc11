import { describe, expect, it } from 'vitest';
import { createWorld, groupName, hookName, instanceId, node, startUpTaint } from './launch-world.ts';

const quiet = (world: ReturnType<typeof createWorld>) => {
  expect(world.completions).toEqual([]);
  expect(world.heartbeats).toEqual([]);
  expect(world.events()).toEqual([]);
  expect(world.node()?.spec.taints).toEqual([startUpTaint]);
};

describe('an event that is none of ours changes nothing', () => {
  it('when the instance is in service: forged or replayed', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const action = world.launch();
    world.scaling.addInstance(groupName, instanceId);
    expect((await world.run(action)).end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    quiet(world);
  });

  it.each(['Warmed:Stopped', 'Quarantined'])('when it is %s, after two more looks', async (lifecycleState) => {
    const world = createWorld();
    world.cluster.apply(node());
    const action = world.launch();
    world.ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState });
    const done = await world.run(action);
    expect(done).toMatchObject({ ticks: 3, end: { reason: 'ignored', code: 'not-launching' } });
    quiet(world);
  });

  it('when Auto Scaling only lags, it is worked on', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const action = world.launch();
    const { describeInstance } = world.ports.autoScaling;
    let looks = 0;
    world.ports.autoScaling.describeInstance = async (...call) => {
      looks += 1;
      return looks < 3 ? undefined : describeInstance(...call);
    };
    expect((await world.run(action)).end.reason).toBe('ready');
  });

  it.each([
    ['managed-node-group', { 'eks:nodegroup-name': 'workers' }],
    ['opted-out', { 'eks-node-lifecycle/managed': 'false' }],
  ])('when its group is %s', async (code, tags) => {
    const world = createWorld({ tags });
    world.cluster.apply(node());
    expect((await world.run(world.launch())).end).toMatchObject({ reason: 'ignored', code });
    quiet(world);
  });

  it('when the hook is that of somebody else', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    world.settings.ours = { hookNames: [], topicArns: [] };
    expect((await world.run(world.launch())).end).toMatchObject({ reason: 'ignored', code: 'foreign-hook' });
    quiet(world);
    world.settings.ours = { hookNames: [hookName], topicArns: [] };
    expect((await world.run(world.launch())).end.reason).toBe('ready');
  });
});

describe('a launch whose cluster', () => {
  it('nothing names is left alone, with an alarm', async () => {
    const world = createWorld();
    const action = world.launch();
    world.ports.autoScaling.describeGroup = async (name) => ({ name, tags: {} });
    expect((await world.run(action)).end).toMatchObject({ reason: 'ignored', code: 'no-cluster', alarm: true });
    expect(world.completions).toEqual([]);
  });

  it('two tags name is left alone, with both names', async () => {
    const world = createWorld({ tags: { 'kubernetes.io/cluster/other': 'owned' } });
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'ignored', code: 'two-clusters', alarm: true });
    expect(end.text).toContain('demo and other');
  });

  it('is gone is let through, with an alarm', async () => {
    const world = createWorld();
    world.ports.clusters.open = async () => ({ found: 'gone' });
    expect((await world.run(world.launch())).end).toMatchObject({
      reason: 'cluster-gone',
      completion: 'CONTINUE',
      alarm: true,
    });
  });

  it('its metadata names is that one', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const opened: string[] = [];
    const { open } = world.ports.clusters;
    world.ports.clusters.open = async (name, signal) => {
      opened.push(name);
      return open(name, signal);
    };
    await world.run({ ...world.launch(), metadata: '{"cluster":"blue"}' });
    expect(opened).toEqual(['blue']);
  });
});
