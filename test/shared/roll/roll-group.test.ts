import { describe, expect, it } from 'vitest';
import { rollTag } from '../../../shared/roll/roll-mark.ts';
import { createRollWorld, type RollWorld, templateId } from './roll-world.ts';

/** The group is as it was, with new instances. */
function expectRolled({ group, scaling, nodes, end }: RollWorld, { desired = 3, max = 6 } = {}) {
  const instances = scaling.instanceIds().map((id) => scaling.instance(id));
  const inService = instances.filter((instance) => instance?.lifecycleState === 'InService');
  expect(inService.map((instance) => instance?.from?.version)).toEqual(Array(desired).fill('2'));
  expect(group()).toMatchObject({ desired, max, suspended: [] });
  expect(group().tags).not.toHaveProperty(rollTag);
  expect(nodes()).toHaveLength(desired);
  expect(scaling.victims).toEqual([]);
  end();
}

describe('a roll', () => {
  it('replaces every old instance, one after the other, and leaves the group as it was', async () => {
    const world = createRollWorld();
    expect(await world.roll()).toMatchObject({ outcome: 'rolled', terminated: world.old });
    expect(world.drained).toEqual(['old-0', 'old-1', 'old-2']);
    expectRolled(world);
    expect(world.steps().filter(({ kind }) => kind === 'set-desired')).toEqual([
      { kind: 'set-desired', from: 3, to: 4 },
    ]);
    expect(world.steps().flatMap((step) => (step.kind === 'terminate' ? [step.decrement] : []))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('cordons all old nodes once the surge is there, and drains only then', async () => {
    const world = createRollWorld();
    await world.roll();
    const kinds = world.steps().map(({ kind }) => kind);
    expect(kinds.slice(kinds.indexOf('cordon'), kinds.indexOf('drain') + 1)).toEqual([
      'cordon',
      'cordon',
      'cordon',
      'drain',
    ]);
    const waits = world.events.findIndex(({ kind }) => kind === 'wait');
    const cordons = world.events.findIndex((event) => event.kind === 'step' && event.step.kind === 'cordon');
    expect(waits).toBeLessThan(cordons);
    world.end();
  });

  it('works on several at once, zone by zone', async () => {
    const world = createRollWorld({ size: 6, max: 8 });
    await world.roll({ maxUnavailable: { count: 2 } });
    expect(world.drained).toEqual(['old-0', 'old-3', 'old-1', 'old-4', 'old-2', 'old-5']);
    expectRolled(world, { desired: 6, max: 8 });
  });

  it('without a surge drains first, and cordons only whose turn it is until there is a new node', async () => {
    const world = createRollWorld({ max: 3 });
    await world.roll({ noSurge: true });
    const kinds = world
      .steps()
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'mark' && kind !== 'suspend');
    expect(kinds.slice(0, 5)).toEqual(['cordon', 'drain', 'terminate', 'cordon', 'cordon']);
    expectRolled(world, { max: 3 });
  });

  it('raises the maximum if it may, and lowers it again', async () => {
    const world = createRollWorld({ max: 3 });
    expect(await world.roll()).toMatchObject({ outcome: 'refused', reason: { code: 'no-room' } });
    expect(world.group().tags).toEqual({});
    expect((await world.roll({ raiseMax: true })).outcome).toBe('rolled');
    expectRolled(world, { max: 3 });
  });

  it('has nothing to do when all are new, and replaces even those with --all, once', async () => {
    const world = createRollWorld();
    await world.roll();
    expect((await world.roll()).outcome).toBe('nothing-to-do');
    expect(await world.roll({ which: { kind: 'all' } })).toMatchObject({ outcome: 'rolled' });
    expect(world.drained).toHaveLength(6);
    expectRolled(world);
  });

  it('only says what it would do in a dry run', async () => {
    const world = createRollWorld();
    const before = structuredClone(world.group());
    const end = await world.roll({}, { dryRun: true });
    expect(end).toMatchObject({ outcome: 'planned', plan: { desired: 3, surge: 1, atOnce: 1 } });
    expect(end.plan?.old.map(({ why }) => why)).toEqual(Array(3).fill('launched from lt-0123456789abcdef0:1'));
    expect(world.group()).toEqual(before);
    world.end();
  });

  it('goes on to a version that is published meanwhile', async () => {
    const world = createRollWorld();
    const newer = world.clock.sleep(50_000, new AbortController().signal).then(() => {
      world.scaling.templates.set(templateId, { name: 'workers', latest: 3, default: 1 });
    });
    expect((await world.roll()).outcome).toBe('rolled');
    await newer;
    const versions = world.scaling.instanceIds().map((id) => world.scaling.instance(id));
    const inService = versions.filter((instance) => instance?.lifecycleState === 'InService');
    expect(inService.map((instance) => instance?.from?.version)).toEqual(['3', '3', '3']);
    world.end();
  });

  it('leaves to others what they change of the desired capacity', async () => {
    const world = createRollWorld({ size: 3, max: 9 });
    world.failing.set('old-1', { ok: true, reason: 'drained', text: 'slowly' });
    const growing = world.clock
      .sleep(50_000, new AbortController().signal)
      .then(() => world.scaling.setDesired('workers', 6));
    expect((await world.roll()).outcome).toBe('rolled');
    await growing;
    expectRolled(world, { desired: 5, max: 9 });
  });
});

describe('a roll that stops', () => {
  it('names the node that failed, gives back the surge and uncordons what was not begun', async () => {
    const world = createRollWorld();
    world.failing.set('old-1', { ok: false, reason: 'blocked', text: 'the budget shop/web allows no eviction' });
    const end = await world.roll();
    expect(end).toMatchObject({ outcome: 'failed', reason: { code: 'drain-failed', about: 'old-1' } });
    expect(end.left).toBeUndefined();
    expect(world.group()).toMatchObject({ desired: 3, suspended: [] });
    expect(world.group().tags).toEqual({});
    expect(world.cluster.get('nodes', 'old-2')?.spec.unschedulable).toBeFalsy();
    expect(world.scaling.victims).toEqual([]);
    world.end();
  });

  it('takes back what it did when a person stops it', async () => {
    const world = createRollWorld();
    const stop = new AbortController();
    void world.clock.sleep(25_000, stop.signal).then(() => stop.abort());
    const end = await world.roll({}, { stop: stop.signal });
    expect(end).toMatchObject({ outcome: 'stopped' });
    expect(world.group()).toMatchObject({ desired: 3, suspended: [] });
    expect(world.group().tags).toEqual({});
    expect(world.drained.every((name) => !name.startsWith('old'))).toBe(true);
    expect(world.cluster.list('nodes').filter(({ spec }) => spec.unschedulable)).toEqual([]);
    expect(world.scaling.victims).toEqual([]);
    world.end();
  });

  it('says why no new node is ready in time, and gives the surge back', async () => {
    const world = createRollWorld({ nodeNameOf: () => undefined });
    const end = await world.roll({ readyTimeoutSeconds: 300 });
    expect(end).toMatchObject({ outcome: 'failed', reason: { code: 'not-ready' } });
    expect(end.reason?.text).toMatch(/within 300 s: i-\w+ is in service, and no node of the cluster yet/);
    expect(world.group()).toMatchObject({ desired: 3 });
    expect(world.group().tags).toEqual({});
    expect(world.drained).toEqual([]);
    expect(world.scaling.victims).toEqual([]);
    world.end();
  });

  it('ends when new instances come up old as well, instead of replacing them for ever', async () => {
    const world = createRollWorld();
    const wrap = (port: RollWorld['ports']['group']) => ({
      ...port,
      // As if a launch took another version than the group says.
      templateVersions: async () => new Map([[templateId, { latest: '3', default: '1' }]]),
    });
    const end = await world.roll({}, { wrap });
    expect(end).toMatchObject({ outcome: 'failed', reason: { code: 'new-are-old' }, terminated: [expect.any(String)] });
    expect(world.group()).toMatchObject({ desired: 3 });
    expect(world.scaling.victims).toEqual([]);
    world.end();
  });

  it('lowers desired without a victim when Auto Scaling could launch nothing', async () => {
    const world = createRollWorld();
    const wrap = (port: RollWorld['ports']['group']) => ({
      ...port,
      // As if EC2 had no capacity: the number goes up and no instance comes.
      setDesired: async (_: string, desired: number) => {
        world.group().desired = desired;
        return 'done' as const;
      },
    });
    const end = await world.roll({ readyTimeoutSeconds: 300 }, { wrap });
    expect(end.reason?.text).toContain('InsufficientInstanceCapacity');
    expect(world.group()).toMatchObject({ desired: 3, suspended: [] });
    expect(world.group().tags).toEqual({});
    expect(world.scaling.instanceIds()).toEqual(world.old);
    world.end();
  });
});
