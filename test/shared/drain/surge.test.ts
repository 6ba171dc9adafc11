import { describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/faults.ts';
import { budget, createWorld, deployment } from './drain-world.ts';
import { asked, conflict, naked, policy, restartedAt, watchReady } from './surge-world.ts';

describe('a singleton under a budget that allows nothing', () => {
  it('is replaced before it goes: its budget is not asked and no moment is without a ready pod', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1), naked, budget('web', { minAvailable: 1 }));
    const evictions = asked(world, /POST .*web-.*eviction/);
    const ready = watchReady(world, 'web');

    const done = await world.drain(world.terminate());

    expect(done.end.reason).toBe('drained');
    expect(evictions).toEqual([]);
    expect(ready.least).toBe(1);
    expect(restartedAt(world)).toBe(world.report().startedAt);
    expect(world.report().timeline).toContainEqual(
      expect.objectContaining({
        what: 'surged',
        text: 'the Deployment default/web is restarted, since all its ready pods are on the node: it starts others first',
      }),
    );
    expect(world.pod('web')).toMatchObject({ code: 'surging', evictionsTried: 0 });
    expect(world.cluster.list('events').map((event) => (event as unknown as { reason: string }).reason)).toContain(
      'SurgeStarted',
    );
    expect(world.seconds()).toBeLessThan(60);
    // The others do not wait for it.
    expect(Date.parse(world.pod('naked')?.evictedAt ?? '')).toBeLessThan(Date.parse(world.pod('web')?.goneAt ?? ''));
  });

  it('is replaced in a manual drain, too, when that asks for it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { minAvailable: 1 }));
    const done = await world.drain(world.manual({ surgeSingletons: true, timeoutSeconds: 300 }));
    expect(done.end.reason).toBe('drained');
    expect(world.pod('web')).toMatchObject({ code: 'surging', evictionsTried: 0 });
  });

  it('is left to its budget unless the policy says otherwise, and no Deployment is read', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200, onDeadline: 'continue' } });
    await world.fill(deployment('web', 1), budget('web', { minAvailable: 1 }));
    const seen = asked(world, /deployments/);
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('deadline');
    expect(seen).toEqual([]);
  });
});

describe('a Deployment is restarted once for a drain', () => {
  it.each<[string, FaultEffect]>([
    ['whose answer was lost', { reset: 'after' }],
    ['that was never heard', { reset: 'before' }],
    ['that came too late', conflict],
  ])('also after a patch %s', async (_case, effect) => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1), budget('web', { minAvailable: 1 }));
    world.cluster.faults.add({ match: /PATCH .*deployments/, times: 1, effect });
    const ready = watchReady(world, 'web');
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(ready.least).toBe(1);
    expect(world.cluster.list('replicasets')).toHaveLength(2);
  });

  it('also when the tick that did so was killed before it could say so', async () => {
    const world = createWorld({ policy });
    const slow = { annotations: { 'sandbox/ready-after': '40s' } };
    await world.fill(deployment('web', 1, slow), budget('web', { minAvailable: 1 }));
    await world.clock.advance(60_000);
    const patches = asked(world, /PATCH .*deployments/);
    const action = world.terminate();
    await world.tickOnce({ action, state: null, execution: 'first' }, 8);
    expect(patches).toHaveLength(1);
    const done = await world.drain(action);
    expect(done.end.reason).toBe('drained');
    expect(patches).toHaveLength(1);
    expect(world.cluster.list('replicasets')).toHaveLength(2);
    expect(world.pod('web')).toMatchObject({ evictionsTried: 0 });
  });

  it('and not at all while somebody else rolls it', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1), budget('web', { minAvailable: 1 }));
    const patches = asked(world, /PATCH .*deployments/);
    world.at(4, () => world.cluster.apply(deployment('web', 1, { annotations: { release: '2' } })));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(patches).toEqual([]);
    expect(world.pod('web')).toMatchObject({ evictionsTried: 0 });
  });
});
