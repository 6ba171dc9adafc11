import { describe, expect, it } from 'vitest';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { budget, createWorld, deployment, instanceId, type World } from './drain-world.ts';

const never = { maxUnavailable: 0 };
const slow = (seconds: number) => ({
  annotations: { 'sandbox/stop-after': `${seconds}s` },
  spec: { terminationGracePeriodSeconds: seconds },
});

/** A tick that is killed after so many seconds. */
async function killed(world: World, input: TickInput, seconds: number): Promise<void> {
  const kill = new AbortController();
  world.at(seconds, () => kill.abort(new Error('killed')));
  const limit = { endsAt: world.clock.now() + 270_000, signal: kill.signal };
  await expect(world.clock.runUntil(terminateTick(input, world.settings, world.ports, limit))).rejects.toThrow();
}

describe('a drain after a notice survives', () => {
  it.each([1, 6, 20])('a tick that is killed after %i s', async (seconds) => {
    const world = createWorld();
    await world.fill(deployment('web', 2, slow(20)), deployment('db', 1, slow(20)), budget('db', never));
    const evictions: string[] = [];
    const { evictPod } = world.port;
    world.port.evictPod = async (pod, ...call) => {
      const answer = await evictPod(pod, ...call);
      evictions.push(`${pod.name.split('-')[0]} ${answer.ok}`);
      return answer;
    };
    const began = world.clock.now();
    const notice = world.notice('spot-interruption', 120);
    await killed(world, { action: notice, state: null, execution: 'one' }, seconds);
    const done = await world.drain(notice);
    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null });
    expect((world.clock.now() - began) / 1000).toBeLessThanOrEqual(115);
    expect(Date.parse(world.report().deadlineAt ?? '') - began).toBe(115_000);
    expect(evictions.filter((text) => text === 'web true')).toHaveLength(2);
  });

  it('a tick that is killed after all was done: its end stands, although the instance is gone meanwhile', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const notice = world.notice('spot-interruption', 120);
    await world.drain(notice);
    world.ec2.state = 'terminated';
    const again = await world.drain(notice);
    expect(again.end).toMatchObject({ reason: 'drained', completion: null });
    expect(world.report().end).toMatchObject({ reason: 'drained' });
  });

  it('a second tick of it at the same time', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 3, slow(20)), budget('web', { maxUnavailable: 1 }));
    const notice = world.notice('spot-interruption', 120);
    const both = await world.clock.runUntil(Promise.all([world.follow(notice), world.follow(notice)]));
    expect(both.map(({ end }) => end.reason)).toEqual(['drained', 'drained']);
    expect(world.mark()).toMatchObject({ ended: 'drained' });
  });

  it('the loss of its report and its state', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1, slow(20)), budget('db', never));
    const began = world.clock.now();
    const notice = world.notice('spot-interruption', 120);
    await killed(world, { action: notice, state: null, execution: 'one' }, 20);
    world.reports.clear();
    expect((await world.drain(notice)).end).toMatchObject({ reason: 'drained-forced', completion: null });
    expect((world.clock.now() - began) / 1000).toBeLessThanOrEqual(115);
  });

  it('the end of the instance while it works: what is left with it is not waited for', async () => {
    const world = createWorld({ notices: { rebalance: 'drain' } });
    await world.fill(deployment('db', 1), budget('db', never));
    world.at(60, () => Object.assign(world.ec2, { state: 'terminated' }));
    const began = world.clock.now();
    const done = await world.drain(world.notice('rebalance'));
    expect(done.end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(done.end.text).toBe(`${instanceId} is terminated: nothing is left to drain`);
    expect((world.clock.now() - began) / 1000).toBeLessThan(90);
    expect(done.report).not.toBeNull();
    expect(world.report().end).toMatchObject({ reason: 'already-resolved' });
  });

  it('the end of the instance after a tick that left no state: its report remembers the marks', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    const notice = world.notice('spot-interruption', 120);
    await killed(world, { action: notice, state: null, execution: 'one' }, 20);
    world.ports.autoScaling.describeInstance = async () => undefined;
    const done = await world.drain(notice);
    expect(done.end).toMatchObject({ reason: 'already-resolved', completion: null });
    expect(world.what()).toContain('marked');
  });
});

describe('a notice ends', () => {
  it('without a Node on two looks', async () => {
    const world = createWorld({ loseNode: true });
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done).toMatchObject({ end: { reason: 'no-node', completion: null, alarm: false }, ticks: 2 });
    expect(world.completions).toEqual([]);
  });

  it('when its instance would be gone, if the cluster does not answer until then, with an alarm', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.cluster.faults.add({ match: /nodes/, effect: { reset: 'before' } });
    const began = world.clock.now();
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'cluster-unreachable', completion: null, alarm: true });
    expect((world.clock.now() - began) / 1000).toBeGreaterThanOrEqual(115);
    expect((world.clock.now() - began) / 1000).toBeLessThan(120);
  });

  it('drained when the cluster answers again in time', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const stop = world.cluster.faults.add({ match: /./, effect: { reset: 'before' } });
    world.at(40, stop);
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'drained', completion: null });
  });

  it('when its cluster is gone', async () => {
    const world = createWorld();
    world.ports.clusters = { open: async () => ({ found: 'gone' }) };
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done).toMatchObject({ end: { reason: 'cluster-gone', completion: null }, ticks: 1 });
  });

  it('with an alarm when nothing names its cluster', async () => {
    const world = createWorld({ tags: {} });
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'ignored', code: 'no-cluster', completion: null, alarm: true });
  });
});
