import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, nodeName } from './drain-world.ts';

describe('a terminating node', () => {
  it('is drained, then its hook is completed', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 4), budget('web', { maxUnavailable: 1 }));
    expect(world.pods()).toHaveLength(4);

    const done = await world.drain(world.terminate());

    expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
    expect(world.pods()).toEqual([]);
    expect(world.completions).toHaveLength(1);
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.node()?.metadata.labels).toMatchObject({
      'node.kubernetes.io/exclude-from-external-load-balancers': 'true',
    });
    expect(world.report().timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['marked', 'evicted', 'gone', 'completed']),
    );
    expect(world.report().node).toBe(nodeName);
  });
});
