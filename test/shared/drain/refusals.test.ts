import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment } from './drain-world.ts';

describe('a pod whose eviction is refused', () => {
  it('waits for its budget, says what the budget needs, and goes within a second of its release while the tick watches (T41)', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), deployment('api', 1), budget('web', { maxUnavailable: 0 }));
    const began = world.clock.now();
    world.at(12, () => world.cluster.apply(budget('web', { maxUnavailable: 1 })));

    const done = await world.drain(world.terminate());

    expect(done.end.reason).toBe('drained');
    expect(world.pod('web')?.causes[0]).toMatchObject({
      code: 'budget',
      text: 'The disruption budget web needs 1 healthy pods and has 1 currently (maxUnavailable 0: it can never allow a disruption)',
    });
    const evictedAt = Date.parse(world.pod('web')?.evictedAt ?? '') - began;
    expect(evictedAt).toBeGreaterThanOrEqual(12_000);
    expect(evictedAt).toBeLessThan(13_000);
    expect(world.pod('api')?.evictionsTried).toBe(1);
  });

  it('is deleted past its budget at its force moment, with the grace that is left and said out loud (T99)', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));

    const done = await world.drain(world.terminate());

    expect(done.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE', alarm: true });
    expect(done.end.text).toContain('default/web-');
    const forcedAt = (Date.parse(world.pod('web')?.forcedAt ?? '') - Date.parse(world.report().startedAt)) / 1000;
    expect(forcedAt).toBeGreaterThanOrEqual(300 - 60 - 30 - 30);
    expect(forcedAt).toBeLessThan(300 - 60);
    const told = world.cluster.list('events').map((event) => (event as unknown as { reason: string }).reason);
    expect(told).toEqual(expect.arrayContaining(['DrainStarted', 'EvictionBlocked', 'ForceDeleted', 'DrainEnded']));
    expect(world.metrics).toContainEqual({ name: 'PodsForced', value: 1, dimensions: undefined });
  });

  it('by two budgets is named with both and goes when one is removed (T44)', async () => {
    const world = createWorld();
    const second = { ...budget('web', { maxUnavailable: 1 }), metadata: { name: 'second', namespace: 'default' } };
    await world.fill(deployment('web', 1), deployment('api', 1), budget('web', { maxUnavailable: 1 }), second);
    world.at(40, () => world.cluster.remove('poddisruptionbudgets', 'second'));

    const done = await world.drain(world.terminate());

    expect(done.end.reason).toBe('drained');
    expect(world.pod('web')?.causes[0]).toMatchObject({
      code: 'two-budgets',
      text: 'more than one disruption budget selects it: default/second and default/web',
    });
    expect(world.pod('api')?.evictedAt).toBeDefined();
  });

  it('by a webhook is asked again with growing pauses and the webhook is quoted', async () => {
    const world = createWorld();
    let open = false;
    world.cluster.webhooks.push({
      name: 'drain.example.com',
      failurePolicy: 'Fail',
      match: ({ resource }) => resource === 'pods/eviction',
      answer: () => (open ? 'allow' : { deny: 'the operator moves it first' }),
    });
    await world.fill(deployment('db', 1));
    world.at(60, () => {
      open = true;
    });

    const done = await world.drain(world.terminate());

    expect(done.end.reason).toBe('drained');
    expect(world.pod('db')?.causes[0]).toMatchObject({
      code: 'admission',
      text: 'admission webhook "drain.example.com" denied the request: the operator moves it first',
    });
    expect(world.pod('db')?.evictionsTried).toBeLessThan(12);
  });

  it('by a webhook that is down is forced at the deadline without asking a budget for a turn', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    world.cluster.webhooks.push({
      name: 'down.example.com',
      failurePolicy: 'Fail',
      match: ({ resource }) => resource === 'pods/eviction',
      answer: () => 'down',
    });
    await world.fill(deployment('db', 1));

    const done = await world.drain(world.terminate());

    expect(done.end.reason).toBe('drained-forced');
    expect(world.pod('db')?.causes[0]?.code).toBe('webhook-down');
    expect(world.cluster.list('leases', 'eks-node-lifecycle')).toEqual([]);
  });

  it('for want of the right is reported with verb and resource while the others go on (T57)', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200, onDeadline: 'continue' } });
    const forbidden = {
      kind: 'Status',
      status: 'Failure',
      reason: 'Forbidden',
      code: 403,
      message: 'pods "web" is forbidden: User "drainer" cannot create resource',
    };
    world.cluster.faults.add({
      match: /POST .*\/web-[^/]*\/eviction/,
      effect: { answer: { status: 403, body: forbidden } },
    });
    world.cluster.faults.add({
      match: /selfsubjectaccessreviews/,
      effect: { answer: { status: 201, body: { status: { allowed: false } } } },
    });
    await world.fill(deployment('web', 1), deployment('api', 1));

    const done = await world.drain(world.terminate());

    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(world.pod('web')?.causes[0]).toMatchObject({ code: 'missing-right' });
    expect(world.pod('web')?.causes[0]?.text).toContain('create pods/eviction');
    expect(world.pod('api')?.goneAt).toBeDefined();
  });
});
