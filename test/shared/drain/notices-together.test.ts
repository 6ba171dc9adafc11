import { describe, expect, it } from 'vitest';
import type { NoticeAction } from '../../../shared/lifecycle/action.ts';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { budget, createWorld, deployment, type World } from './drain-world.ts';

const never = { maxUnavailable: 0 };
const slow = (seconds: number) => ({
  annotations: { 'sandbox/stop-after': `${seconds}s` },
  spec: { terminationGracePeriodSeconds: seconds },
});
const first = (action: NoticeAction): TickInput => ({ action, state: null, execution: action.noticeId });
const later = async (world: World, seconds: number, action: () => NoticeAction) => {
  await world.clock.sleep(seconds * 1000, new AbortController().signal);
  return world.follow(action());
};
const drainWorld = () => createWorld({ notices: { scheduledChange: 'drain', rebalance: 'drain' } });

describe('two notices of one instance', () => {
  it('drain it once: a change of state leaves the node to the spot interruption that is over sooner', async () => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), deployment('web', 1, slow(100)), budget('db', never));
    const stopping = later(world, 80, () => {
      world.ec2.state = 'shutting-down';
      return world.notice('state-change', 0, 'two');
    });
    const spot = world.follow(world.notice('spot-interruption', 120));
    const [one, two] = await world.clock.runUntil(Promise.all([spot, stopping]));
    expect(one.end).toMatchObject({ reason: 'drained-forced', completion: null });
    expect(two.end).toMatchObject({ reason: 'handed-over', completion: null });
    expect([...world.reports.values()].map(({ pods }) => pods.length)).toEqual([2, 0]);
  });

  it('a change of state that comes first and is over sooner is not touched by a later spot interruption', async () => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), deployment('web', 1, slow(50)), budget('db', never));
    world.ec2.state = 'stopping';
    const stopping = world.follow(world.notice('state-change', 0));
    const spot = later(world, 5, () => world.notice('spot-interruption', 120, 'two'));
    const [one, two] = await world.clock.runUntil(Promise.all([stopping, spot]));
    expect(two.end.reason).toBe('handed-over');
    expect(one.end.completion).toBeNull();
    const { deadlineAt, startedAt } =
      [...world.reports.values()].find(({ action }) => action.kind === 'state-change') ?? {};
    expect(Date.parse(deadlineAt ?? '') - Date.parse(startedAt ?? '')).toBe(60_000);
    expect(world.lines.map(({ message }) => message)).not.toContain('drain taken over');
  });

  it('the sooner deadline stands, whichever is told first to the drain of a hook', async () => {
    for (const order of [
      ['spot-interruption', 'scheduled-change'],
      ['scheduled-change', 'spot-interruption'],
    ] as const) {
      const world = drainWorld();
      world.ec2.scheduledEvents = ['instance-stop'];
      await world.fill(deployment('db', 1), budget('db', never));
      await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' });
      const spot = world.notice('spot-interruption', 120);
      const notices = { 'spot-interruption': spot, 'scheduled-change': world.notice('scheduled-change', 900, 'two') };
      for (const kind of order) await world.tickOnce(first(notices[kind]));
      const noted = world.node()?.metadata.annotations?.['eks-node-lifecycle.io/deadline'];
      expect(Date.parse(noted ?? '')).toBe(Date.parse(spot.at ?? '') - 5_000);
    }
  });

  it('a spot interruption takes the node from a scheduled change at once, which then leaves it', async () => {
    const world = drainWorld();
    world.ec2.scheduledEvents = ['instance-retirement'];
    await world.fill(deployment('db', 1), budget('db', never));
    const scheduled = world.follow(world.notice('scheduled-change', 86_400));
    const spot = later(world, 60, () => world.notice('spot-interruption', 120, 'two'));
    const began = world.clock.now() + 60_000;
    const [one, two] = await world.clock.runUntil(Promise.all([scheduled, spot]));
    expect(one.end).toMatchObject({ reason: 'handed-over', completion: null });
    expect(two.end).toMatchObject({ reason: 'drained-forced', completion: null });
    const marked = [...world.reports.values()]
      .find(({ action }) => action.kind === 'spot-interruption')
      ?.timeline.find(({ what }) => what === 'marked');
    expect(Date.parse(marked?.at ?? '') - began).toBeLessThan(1_000);
    expect(world.mark()).toMatchObject({ ended: 'drained-forced' });
  });

  it('a rebalance recommendation has nothing to add to a spot interruption, nor to another recommendation', async () => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    await world.tickOnce(first(world.notice('rebalance')), 10);
    const before = world.mark();
    expect((await world.drain(world.notice('rebalance', undefined, 'two'))).end.reason).toBe('handed-over');
    expect(world.mark()).toEqual(before);
  });

  it('a cordon is taken further by the drain that follows it', async () => {
    const world = createWorld({ notices: { rebalance: 'cordon' } });
    await world.fill(deployment('web', 1));
    await world.drain(world.notice('rebalance'));
    const done = await world.drain(world.notice('spot-interruption', 120, 'two'));
    expect(done.end.reason).toBe('drained');
    expect(world.mark()).toMatchObject({ ours: { label: true, cordon: true } });
  });
});

describe('an operator’s wish to stop', () => {
  const stop = (world: World, value: string) => {
    const node = world.node();
    const annotations = { ...node?.metadata.annotations, 'eks-node-lifecycle.io/stop': value };
    if (node) world.cluster.apply({ ...node, metadata: { ...node.metadata, annotations } });
  };

  it.each(['complete', 'wait'])('(%s) leaves the node of an instance that may stay as it was found', async (value) => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    const before = world.node();
    world.at(30, () => stop(world, value));
    const done = await world.drain(world.notice('rebalance'));
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'no-hook', completion: null, alarm: false });
    expect(done.end.text).toBe('stopped on request, there is no hook to complete');
    expect(world.node()?.metadata).toMatchObject({ labels: before?.metadata.labels });
    expect(world.node()?.metadata.annotations ?? {}).toEqual({});
    expect(world.node()?.spec.unschedulable).toBeFalsy();
    expect(world.what()).toContain('undone');
    expect(world.pods()).toHaveLength(1);
  });

  it('stops the drain for an instance that goes, whose node stays cordoned', async () => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    world.at(20, () => stop(world, 'wait'));
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'aborted', completion: null });
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.pods()).toHaveLength(1);
  });

  it('that cannot be heeded since the marks cannot be taken back is told with an alarm, after a while', async () => {
    const world = drainWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    const body = { kind: 'Status', reason: 'Forbidden', code: 403, message: 'no' };
    world.at(30, () => {
      stop(world, 'wait');
      world.cluster.faults.add({ match: /PATCH .*nodes/, effect: { answer: { status: 403, body } } });
    });
    const done = await world.drain(world.notice('rebalance'));
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'marks-left', alarm: true });
    expect(done.end.text).toContain('the drain was stopped, but');
  });
});
