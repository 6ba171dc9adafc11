import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment } from './drain-world.ts';

const overload = {
  status: 429,
  headers: { 'retry-after': '1' },
  body: { kind: 'Status', code: 429, message: 'too many requests' },
};

describe('trouble with the API server', () => {
  it('overload is waited out as it asks, is not taken for a budget, and lets fewer evictions go at a time (T62)', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 60));
    world.cluster.faults.add({ match: /POST .*eviction/, times: 10, effect: { answer: overload } });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    const held = world.report().pods.filter(({ causes }) => causes.length > 0);
    expect(held.flatMap(({ causes }) => causes.map(({ code }) => code))).toEqual(Array(10).fill('overload'));
    expect(world.metrics.filter(({ name }) => name === 'PodsBlocked')).toEqual([]);
  });

  it.each([
    ['an answer lost before the effect', { reset: 'before' } as const],
    ['an answer lost after the effect', { reset: 'after' } as const],
    ['a 503', { answer: { status: 503, body: 'unavailable' } }],
    [
      'a 504 (T59)',
      {
        answer: {
          status: 504,
          headers: { 'retry-after': '10' },
          body: { kind: 'Status', code: 504, message: 'timeout' },
        },
      },
    ],
    [
      'a 409 of a contended budget (T59)',
      {
        answer: {
          status: 409,
          body: { kind: 'Status', code: 409, message: 'conflict', details: { kind: 'poddisruptionbudgets' } },
        },
      },
    ],
  ])('%s is tried again', async (_title, effect) => {
    const world = createWorld();
    await world.fill(deployment('web', 3));
    world.cluster.faults.add({ match: /POST .*eviction/, times: 2, effect });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.seconds()).toBeLessThan(60);
  });

  it('a watch that expires or breaks is started again from a new list', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
    world.at(8, () => world.cluster.dropWatches());
    world.at(9, () => world.cluster.compact());
    world.at(14, () => world.cluster.apply(budget('web', { maxUnavailable: 2 })));
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { reason: 'drained' }, ticks: 1 });
    expect((Date.parse(world.pod('web')?.evictedAt ?? '') - began) / 1000).toBeLessThan(17);
  });

  it('an outage in the middle of a drain is outlived', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2, { annotations: { 'sandbox/stop-after': '10s' } }));
    let back = () => {};
    world.at(7, () => {
      back = world.cluster.faults.add({ match: /./, effect: { reset: 'before' } });
      world.cluster.dropWatches();
    });
    world.at(300, () => back());
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.what()).toContain('cluster-unreachable');
  });

  it('a list that fails is not an empty node: no pod is told to be gone', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
    let back = () => {};
    world.at(60, () => {
      back = world.cluster.faults.add({ match: /GET .*\/pods/, effect: { reset: 'before' } });
    });
    world.at(300, () => back());
    world.at(400, () => world.cluster.apply(budget('web', { maxUnavailable: 2 })));
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.what()).toContain('cluster-unreachable');
    for (const { goneAt } of world.report().pods) expect(Date.parse(goneAt ?? '') - began).toBeGreaterThan(400_000);
  });

  it('a cluster that lets the node be marked but its pods not be listed is given up as one that does not answer at all', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.cluster.faults.add({ match: /GET .*\/pods/, effect: { reset: 'before' } });
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({
      reason: 'cluster-unreachable',
      text: expect.stringMatching(/^for 9\d\d s: following/),
    });
    expect((world.clock.now() - began) / 1000).toBeLessThan(1000);
    const troubles = world.metrics.filter(({ name }) => name === 'ClusterTrouble');
    expect(troubles.map(({ dimensions }) => dimensions)).toEqual([
      { Kind: expect.any(String) },
      { Cluster: expect.any(String) },
    ]);
  });

  it('a budget that is not processed yet is left alone for as long as the server asks (T43)', async () => {
    const world = createWorld();
    const cause = {
      reason: 'DisruptionBudget',
      message: 'The disruption budget web is still being processed by the server.',
    };
    const pending = {
      kind: 'Status',
      code: 429,
      reason: 'TooManyRequests',
      message: 'no',
      details: { causes: [cause] },
    };
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 1 }));
    world.cluster.faults.add({
      match: /POST .*eviction/,
      times: 1,
      effect: { answer: { status: 429, headers: { 'retry-after': '10' }, body: pending } },
    });
    const began = world.clock.now();
    await world.drain(world.terminate());
    expect(world.pod('web')).toMatchObject({
      evictionsTried: 2,
      causes: [{ code: 'budget-not-processed', text: cause.message }],
    });
    expect((Date.parse(world.pod('web')?.evictedAt ?? '') - began) / 1000).toBeGreaterThanOrEqual(15);
  });
});
