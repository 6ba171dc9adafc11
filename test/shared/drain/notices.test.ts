import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, nodeName } from './drain-world.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
const never = { maxUnavailable: 0 };
const stopping = (seconds: number) => ({
  annotations: { 'sandbox/stop-after': `${seconds}s` },
  spec: { terminationGracePeriodSeconds: seconds },
});

describe('a spot interruption', () => {
  it('of an instance in service drains its node, with its own deadline, and completes nothing', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 3), budget('web', { maxUnavailable: 1 }));
    const began = world.clock.now();
    const done = await world.drain(world.notice('spot-interruption', 118));
    expect(done.end).toMatchObject({ reason: 'drained', completion: null, alarm: false });
    expect(world.pods()).toEqual([]);
    expect([...world.completions, ...world.heartbeats]).toEqual([]);
    expect(Date.parse(world.report().deadlineAt ?? '') - began).toBe(113_000);
    expect(world.node()?.metadata.labels).toHaveProperty([excludeLabel]);
    expect(world.mark()).toMatchObject({ ended: 'drained' });
    expect(world.mark()).not.toHaveProperty('yields');
    expect(world.report()).toMatchObject({ node: nodeName, end: { reason: 'drained', completion: null } });
  });

  it('says on the Node why it is drained', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const notice = world.notice('spot-interruption', 120);
    await world.drain(notice);
    const messages = world.cluster.list('events').map((event) => (event as unknown as { message: string }).message);
    expect(messages).toContainEqual(
      expect.stringContaining(`Cordoned since EC2 takes the spot instance ${notice.instanceId} at ${notice.at}`),
    );
  });

  it('deletes in time what a budget never lets go', async () => {
    const world = createWorld();
    await world.fill(deployment('db', 1, stopping(20)), budget('db', never));
    const began = world.clock.now();
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null, alarm: true });
    expect(Date.parse(world.pod('db')?.forcedAt ?? '') - began).toBeGreaterThanOrEqual(65_000);
    expect(Date.parse(world.pod('db')?.goneAt ?? '') - began).toBeLessThanOrEqual(115_000);
    expect(world.pods()).toEqual([]);
    expect([...world.completions, ...world.heartbeats]).toEqual([]);
  });

  it.each(['continue', 'abandon'] as const)(
    'deletes nothing past a budget when the policy is to %s, and completes nothing either',
    async (onDeadline) => {
      const world = createWorld({ policy: { onDeadline } });
      await world.fill(deployment('db', 1), budget('db', never));
      const began = world.clock.now();
      const done = await world.drain(world.notice('spot-interruption', 120));
      expect(done.end).toMatchObject({ reason: 'deadline', completion: null });
      expect(world.pods()).toHaveLength(1);
      expect((world.clock.now() - began) / 1000).toBeGreaterThanOrEqual(115);
      expect((world.clock.now() - began) / 1000).toBeLessThan(121);
    },
  );

  it('gives a pod with a long grace period what is left, whether it is evicted or deleted', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1, stopping(600)), deployment('db', 1, stopping(600)), budget('db', never));
    const began = world.clock.now();
    const grace: Record<string, unknown> = {};
    const { evictPod, deletePod } = world.port;
    world.port.evictPod = async (pod, options, signal) => {
      grace[`evict ${pod.name.split('-')[0]}`] = options.graceSeconds;
      return evictPod(pod, options, signal);
    };
    world.port.deletePod = async (pod, options, signal) => {
      grace[`delete ${pod.name.split('-')[0]}`] = options.graceSeconds;
      return deletePod(pod, options, signal);
    };
    const done = await world.drain(world.notice('spot-interruption', 120));
    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null });
    expect(grace).toEqual({ 'evict web': 110, 'evict db': 110, 'delete db': 110 });
    expect((world.clock.now() - began) / 1000).toBeLessThan(116);
  });

  it('keeps more time free when its reserve is larger', async () => {
    const world = createWorld({ notices: { spotReserveSeconds: 30 } });
    await world.fill(deployment('web', 1));
    const began = world.clock.now();
    await world.drain(world.notice('spot-interruption', 120));
    expect(Date.parse(world.report().deadlineAt ?? '') - began).toBe(90_000);
  });

  it('without a time is drained within the time of the policy', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    await world.fill(deployment('web', 1));
    const began = world.clock.now();
    expect((await world.drain(world.notice('spot-interruption'))).end.reason).toBe('drained');
    expect(Date.parse(world.report().deadlineAt ?? '') - began).toBe(240_000);
  });
});

describe('a change of state', () => {
  it('without a hook evicts what still can be, at once, and is over a minute after it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2, stopping(2)), deployment('db', 1), budget('db', never));
    world.ec2.state = 'stopping';
    const began = world.clock.now();
    const done = await world.drain({ ...world.notice('state-change', 0), detail: 'stopping' });
    expect(Date.parse(world.pod('web')?.evictedAt ?? '') - began).toBeLessThan(2_000);
    expect(done.end).toMatchObject({ completion: null });
    expect((world.clock.now() - began) / 1000).toBeLessThanOrEqual(71);
  });
});

describe('a rebalance recommendation', () => {
  const recommended = { reason: 'ignored', completion: null };

  it('changes nothing as long as nobody asks for it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const before = world.node();
    const done = await world.drain(world.notice('rebalance'));
    expect(done.end).toMatchObject({ ...recommended, code: 'rebalance-off', alarm: false });
    expect(world.node()).toEqual(before);
  });

  it('cordons: pods stay, load balancers keep the node, and mark, report and Event say so', async () => {
    const world = createWorld({ notices: { rebalance: 'cordon' } });
    await world.fill(deployment('web', 2));
    const done = await world.drain(world.notice('rebalance'));
    expect(done).toMatchObject({ end: { reason: 'cordoned', completion: null, alarm: false }, ticks: 1 });
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.node()?.metadata.labels).not.toHaveProperty([excludeLabel]);
    expect(world.mark()).toMatchObject({ ours: { label: false, cordon: true }, ended: 'cordoned', yields: true });
    await world.clock.advance(600_000);
    expect(world.pods()).toHaveLength(2);
    expect(world.report().timeline.find(({ what }) => what === 'marked')?.text).toBe(
      `${nodeName} is cordoned; its pods stay`,
    );
    const messages = world.cluster.list('events').map((event) => (event as unknown as { message: string }).message);
    expect(messages.join()).toContain('; its pods stay');
    expect(messages.join()).not.toContain('draining until');
  });

  it('drains, and deletes nothing past a budget, since the instance may stay', async () => {
    const world = createWorld({ notices: { rebalance: 'drain' }, policy: { deadlineSeconds: 300 } });
    await world.fill(deployment('web', 2), deployment('db', 1), budget('db', never));
    const done = await world.drain(world.notice('rebalance'));
    expect(done.end).toMatchObject({ reason: 'deadline', completion: null, alarm: true });
    expect(world.pods().map(({ metadata }) => metadata.labels?.app)).toEqual(['db']);
    expect(world.mark()).toMatchObject({ yields: true, ended: 'deadline' });
  });
});

describe('a scheduled change', () => {
  const days = 86_400;

  it('warns: an alarm, an Event, and the node is left as it was', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.ec2.scheduledEvents = ['instance-retirement'];
    const before = world.node();
    const done = await world.drain(world.notice('scheduled-change', 3 * days));
    expect(done).toMatchObject({ end: { reason: 'warned', completion: null, alarm: true }, ticks: 1 });
    expect(done.end.text).toContain('AWS has scheduled instance-retirement');
    expect(world.node()).toEqual(before);
    expect(world.metrics).toContainEqual({ name: 'DrainsAlarming', value: 1, dimensions: undefined });
    const [event] = world.cluster.list('events') as unknown as { type: string; message: string }[];
    expect(event).toMatchObject({ type: 'Warning', message: expect.stringContaining('instance-retirement') });
  });

  it.each([
    ['days ahead', 3 * days],
    ['at a time that nobody says', undefined],
    ['at a time that is over, while the event is still to come', -600],
  ])('%s drains when it is to, and never by force', async (_when, inSeconds) => {
    const world = createWorld({ notices: { scheduledChange: 'drain' }, policy: { deadlineSeconds: 300 } });
    world.ec2.scheduledEvents = ['system-reboot'];
    await world.fill(deployment('web', 1), deployment('db', 1), budget('db', never));
    const began = world.clock.now();
    const done = await world.drain(world.notice('scheduled-change', inSeconds));
    expect(done.end).toMatchObject({ reason: 'deadline', completion: null });
    expect(world.pods().map(({ metadata }) => metadata.labels?.app)).toEqual(['db']);
    expect((world.clock.now() - began) / 1000).toBeGreaterThanOrEqual(240);
  });

  it('within the time that a drain has is as certain as a hook: it deletes past budgets', async () => {
    const world = createWorld({ notices: { scheduledChange: 'drain' }, policy: { deadlineSeconds: 600 } });
    world.ec2.scheduledEvents = ['instance-stop'];
    await world.fill(deployment('db', 1), budget('db', never));
    const began = world.clock.now();
    const done = await world.drain(world.notice('scheduled-change', 400));
    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: null });
    expect((world.clock.now() - began) / 1000).toBeLessThanOrEqual(400);
  });
});
