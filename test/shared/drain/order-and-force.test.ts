import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, nodeName } from './drain-world.ts';

describe('order', () => {
  it('goes by drain-order, then system-cluster-critical, then system-node-critical, each tier gone before the next (T90)', async () => {
    const world = createWorld();
    const slow = { 'sandbox/stop-after': '10s' };
    await world.fill(
      deployment('first', 2, { annotations: { ...slow, 'eks-node-lifecycle.io/drain-order': '-5' } }),
      deployment('plain', 2, { annotations: slow }),
      deployment('cluster', 1, { annotations: slow, spec: { priorityClassName: 'system-cluster-critical' } }),
      deployment('node', 1, { annotations: slow, spec: { priorityClassName: 'system-node-critical' } }),
    );
    await world.drain(world.terminate());
    const { pods } = world.report();
    const span = (name: string) => {
      const mine = pods.filter((pod) => pod.name.startsWith(name));
      return {
        from: Math.min(...mine.map((pod) => Date.parse(pod.evictedAt ?? ''))),
        to: Math.max(...mine.map((pod) => Date.parse(pod.goneAt ?? ''))),
      };
    };
    expect(span('plain').from).toBeGreaterThanOrEqual(span('first').to);
    expect(span('cluster').from).toBeGreaterThanOrEqual(span('plain').to);
    expect(span('node').from).toBeGreaterThanOrEqual(span('cluster').to);
  });

  it('a pod past its force moment skips the queue', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    await world.fill(
      deployment('held', 1),
      budget('held', { maxUnavailable: 0 }),
      deployment('later', 1, {
        spec: { priorityClassName: 'system-node-critical', terminationGracePeriodSeconds: 100 },
      }),
    );
    await world.drain(world.terminate());
    const evictedAt = (Date.parse(world.pod('later')?.evictedAt ?? '') - Date.parse(world.report().startedAt)) / 1000;
    expect(evictedAt).toBeGreaterThanOrEqual(110);
    expect(evictedAt).toBeLessThan(116);
  });
});

describe('force', () => {
  it('a pod that asks not to be disrupted is evicted at its force moment, not before (T94, T95)', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 360 } });
    await world.fill(
      deployment('calm', 1, {
        annotations: { 'karpenter.sh/do-not-disrupt': 'true' },
        spec: { terminationGracePeriodSeconds: 60 },
      }),
    );
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    const evictedAt = (Date.parse(world.pod('calm')?.evictedAt ?? '') - Date.parse(world.report().startedAt)) / 1000;
    expect(evictedAt).toBeGreaterThanOrEqual(300 - 60 - 30);
    expect(evictedAt).toBeLessThan(300 - 60 - 30 + 6);
  });

  it('a pod whose grace outlives the deadline is given what is left, counted from its first request (T97)', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 360 } });
    const patient = { annotations: { 'sandbox/stop-after': 'never' }, spec: { terminationGracePeriodSeconds: 6000 } };
    await world.fill(deployment('patient', 1, patient));
    const deadline = world.clock.now() + 300_000;
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(Math.abs((world.completions[0]?.at ?? 0) - deadline)).toBeLessThan(5_000);
  });

  it('one pod for each budget at a time, the next when the replacement is ready, and the end moves for it', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    const template = { annotations: { 'sandbox/ready-after': '20s' } };
    await world.fill(deployment('quorum', 3, template), budget('quorum', { minAvailable: 3 }));
    await world.clock.advance(30_000);
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained-forced');
    const forced = world
      .report()
      .pods.map((pod) => Date.parse(pod.forcedAt ?? ''))
      .sort();
    expect(forced).toHaveLength(3);
    for (const [index, at] of forced.entries()) {
      if (index > 0) expect(at - (forced[index - 1] ?? 0)).toBeGreaterThanOrEqual(20_000);
    }
    expect(world.what()).toContain('not-its-turn');
    expect(world.cluster.list('leases', 'eks-node-lifecycle')).toHaveLength(1);
  });

  it('a delete that is refused too leaves the pod, and the end says so (T102)', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    world.cluster.webhooks.push({
      name: 'keep.example.com',
      failurePolicy: 'Fail',
      match: ({ resource, operation }) =>
        resource === 'pods/eviction' || (resource === 'pods' && operation === 'DELETE'),
      answer: () => ({ deny: 'never' }),
    });
    await world.fill(deployment('db', 1));
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
    expect(world.pod('db')?.causes.map(({ code }) => code)).toEqual(expect.arrayContaining(['admission', 'refused']));
    expect(world.pods().map((pod) => pod.spec.nodeName)).toEqual([nodeName]);
  });
});
