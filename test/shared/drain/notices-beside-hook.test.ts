import { describe, expect, it } from 'vitest';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import { budget, createWorld, deployment, type World } from './drain-world.ts';

const never = { maxUnavailable: 0 };
const deadlineOf = (world: World) => world.node()?.metadata.annotations?.['eks-node-lifecycle.io/deadline'];
const reportOf = (world: World, action: HookAction) => world.reports.get(`${action.instanceId}-${action.token}`);
const secondsOf = (at: string | undefined, since: number) => (Date.parse(at ?? '') - since) / 1000;

/** Starts the work on an action when so many seconds have gone by. */
async function later<T>(world: World, seconds: number, work: () => Promise<T>): Promise<T> {
  await world.clock.sleep(seconds * 1000, new AbortController().signal);
  return work();
}

describe('a spot interruption while a hook drains the node', () => {
  it('is learnt from the Node at the next look: the drain forces in time, and its report says the new deadline', async () => {
    const world = createWorld();
    await world.fill(
      deployment('db', 1),
      // Something moves all the time: the tick does not sleep.
      deployment('slow', 1, {
        annotations: { 'sandbox/stop-after': '100s' },
        spec: { terminationGracePeriodSeconds: 100 },
      }),
      budget('db', never),
    );
    const hook = world.terminate();
    const began = world.clock.now();
    const both = Promise.all([
      world.follow(hook),
      later(world, 20, () => world.follow(world.notice('spot-interruption', 120))),
    ]);
    const [hooked, noticed] = await world.clock.runUntil(both);
    expect(noticed.end).toMatchObject({ reason: 'handed-over', completion: null, alarm: false });
    expect(hooked.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE' });
    expect(world.completions).toHaveLength(1);
    const report = reportOf(world, hook);
    expect(secondsOf(report?.deadlineAt, began)).toBe(135);
    const forced = report?.pods.find(({ name }) => name.startsWith('db'));
    expect(secondsOf(forced?.forcedAt, began)).toBeGreaterThanOrEqual(75);
    expect(secondsOf(forced?.goneAt, began)).toBeLessThanOrEqual(135);
    expect(secondsOf(report?.endedAt, began)).toBeLessThanOrEqual(140);
  });

  it('takes the node over after 15 s from a drain that sleeps, which completes its own hook afterwards', async () => {
    const world = createWorld({ heartbeatSeconds: 7200, policy: { deadlineSeconds: 7200 } });
    await world.fill(deployment('db', 1), budget('db', never));
    const hook = world.terminate();
    // By then it sleeps for two minutes at a time.
    const notice = later(world, 1_200, async () => {
      const began = world.clock.now();
      const done = await world.follow(world.notice('spot-interruption', 120));
      return { began, done };
    });
    const [hooked, { began, done }] = await world.clock.runUntil(Promise.all([world.follow(hook), notice]));
    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null });
    const noticed = [...world.reports.values()].find(({ action }) => action.kind === 'spot-interruption');
    const marked = noticed?.timeline.find(({ what }) => what === 'marked');
    expect(secondsOf(marked?.at, began)).toBeGreaterThanOrEqual(15);
    expect(secondsOf(marked?.at, began)).toBeLessThan(20);
    expect(secondsOf(noticed?.endedAt, began)).toBeLessThanOrEqual(115);
    expect(hooked.end).toMatchObject({ completion: 'CONTINUE' });
    expect(world.completions.map(({ result }) => result)).toEqual(['CONTINUE']);
    expect(((world.completions[0]?.at ?? 0) - began) / 1000).toBeLessThan(260);
    expect(world.lines.map(({ message }) => message)).toContain('drain taken over');
  });

  it('leaves it to a drain that is over sooner anyway, once that has shown that it lives', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    await world.fill(deployment('db', 1), budget('db', never));
    const hook = world.terminate();
    const [hooked, noticed] = await world.clock.runUntil(
      Promise.all([world.follow(hook), later(world, 10, () => world.follow(world.notice('spot-interruption', 600)))]),
    );
    expect(noticed.end).toMatchObject({ reason: 'handed-over', completion: null });
    expect(noticed.ticks).toBeGreaterThan(1);
    expect(hooked.end.completion).toBe('CONTINUE');
    expect(world.lines.map(({ message }) => message)).not.toContain('drain taken over');
  });

  it.each([
    ['later', 3600],
    ['sooner', 300],
  ])(
    'takes the node from a drain that died, though its mark is fresh and it was to be over %s',
    async (_case, ends) => {
      const world = createWorld({ policy: { deadlineSeconds: ends } });
      await world.fill(deployment('web', 2), deployment('db', 1), budget('db', never));
      await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' }, 1);
      await world.clock.advance(150_000);
      const began = world.clock.now();
      const done = await world.drain(world.notice('spot-interruption', 120));
      expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null });
      expect(world.pods()).toEqual([]);
      const evicted = Date.parse(world.pod('web')?.evictedAt ?? '') - began;
      expect(evicted).toBeGreaterThan(15_000);
      expect(evicted).toBeLessThan(30_000);
    },
  );

  it('cannot be told while the cluster refuses it: trouble, and the end says so', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' });
    const body = { kind: 'Status', reason: 'Forbidden', code: 403, message: 'no' };
    world.cluster.faults.add({ match: /PATCH .*nodes/, effect: { answer: { status: 403, body } } });
    const done = await world.drain(world.notice('spot-interruption', 60));
    expect(done.end).toMatchObject({ reason: 'mark-refused', completion: null, alarm: true });
    expect(done.end.text).toContain('telling');
  });

  it('tells it although somebody else changes the Node at the same time', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' });
    const { patchNode } = world.port;
    world.port.patchNode = async (...call) => {
      world.port.patchNode = patchNode;
      const node = world.node();
      if (node)
        world.cluster.apply({ ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, a: 'b' } } });
      return patchNode(...call);
    };
    const notice = world.notice('spot-interruption', 120);
    const first = await world.tickOnce({ action: notice, state: null, execution: 'one' });
    expect(first).toMatchObject({ status: 'again', waitSeconds: 1 });
    if (first.status !== 'again') return;
    await world.tickOnce({ action: notice, state: first.state, execution: 'one' });
    expect(Date.parse(deadlineOf(world) ?? '')).toBe(Date.parse(notice.at ?? '') - 5_000);
  });
});

describe('a deadline that was noted for what never came', () => {
  const note = (world: World, at: number) => {
    const node = world.node();
    const annotations = { 'eks-node-lifecycle.io/deadline': new Date(at).toISOString() };
    if (node) world.cluster.apply({ ...node, metadata: { ...node.metadata, annotations } });
  };

  it('does not end a drain that starts after it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 3));
    note(world, world.clock.now() - 60_000);
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
    expect(secondsOf(world.report().deadlineAt, Date.parse(world.report().startedAt))).toBe(3540);
  });

  it('does not keep the next notice from telling its own', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    note(world, world.clock.now() - 60_000);
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' });
    const notice = world.notice('spot-interruption', 120);
    await world.tickOnce({ action: notice, state: null, execution: 'one' });
    expect(Date.parse(deadlineOf(world) ?? '')).toBe(Date.parse(notice.at ?? '') - 5_000);
  });
});

describe('a hook whose instance is terminated while a spot interruption drains its node', () => {
  it('waits for that drain, and completes its action after it; no pod is asked twice', async () => {
    const world = createWorld();
    const asked: string[] = [];
    await world.fill(
      deployment('web', 2, {
        annotations: { 'sandbox/stop-after': '40s' },
        spec: { terminationGracePeriodSeconds: 40 },
      }),
    );
    const { evictPod } = world.port;
    world.port.evictPod = (pod, ...call) => {
      asked.push(pod.name);
      return evictPod(pod, ...call);
    };
    const spot = world.follow(world.notice('spot-interruption', 120));
    const began = world.clock.now();
    const [noticed, hooked] = await world.clock.runUntil(
      Promise.all([spot, later(world, 15, () => world.follow(world.terminate()))]),
    );
    expect([noticed.end, hooked.end]).toMatchObject([
      { reason: 'drained', completion: null },
      { reason: 'drained', completion: 'CONTINUE' },
    ]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(((world.completions[0]?.at ?? 0) - began) / 1000).toBeLessThan(75);
  });
});

describe('a change of state while a hook drains the node', () => {
  it('ends that drain with what is left, and its hook is completed', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1), budget('db', never));
    const hook = world.terminate();
    const began = world.clock.now();
    const notice = later(world, 20, () => {
      world.ec2.state = 'shutting-down';
      return world.follow({ ...world.notice('state-change', 0), detail: 'shutting-down' });
    });
    const [hooked, noticed] = await world.clock.runUntil(Promise.all([world.follow(hook), notice]));
    expect(noticed.end.completion).toBeNull();
    expect(hooked.end).toMatchObject({ completion: 'CONTINUE' });
    expect((world.clock.now() - began) / 1000).toBeLessThan(110);
  });
});

describe('a drain for an instance that may stay', () => {
  it('is taken over by a hook at once, with what it had marked', async () => {
    const world = createWorld({ notices: { rebalance: 'drain' } });
    await world.fill(deployment('web', 1), budget('web', never));
    const rebalance = world.follow(world.notice('rebalance'));
    const hooked = later(world, 30, async () => {
      world.cluster.apply(budget('web', { maxUnavailable: 1 }));
      return world.follow(world.terminate());
    });
    const [first, second] = await world.clock.runUntil(Promise.all([rebalance, hooked]));
    expect(first.end).toMatchObject({ reason: 'handed-over', completion: null });
    expect(second.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
    expect(world.mark()).toMatchObject({ ours: { label: true, cordon: true }, ended: 'drained' });
    expect(world.mark()).not.toHaveProperty('yields');
    expect((world.completions[0]?.at ?? 0) - Date.parse(world.report().startedAt)).toBeLessThan(10_000);
  });

  it('leaves the node to a hook that was there first', async () => {
    const world = createWorld({ notices: { rebalance: 'drain' } });
    await world.fill(deployment('db', 1), budget('db', never));
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'hook' });
    const before = world.mark();
    const done = await world.drain(world.notice('rebalance'));
    expect(done).toMatchObject({ end: { reason: 'handed-over', completion: null }, ticks: 1 });
    expect(world.mark()).toEqual(before);
  });
});
