import { describe, expect, it } from 'vitest';
import { createWorld, deployment, nodeName } from './drain-world.ts';

const policy = { mode: 'manual', onDeadline: 'stop' } as const;
const naked = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'naked', namespace: 'default' },
  spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
};
const answer = (status: number) => ({ answer: { status, body: { kind: 'Status', code: status, message: 'no' } } });

describe('a manual drain that a pod blocks', () => {
  it('says so before it marks the node', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1), naked);
    const before = world.node();
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'blocked', completion: null });
    expect(done.end.text).toBe('default/naked: no controller will replace it');
    expect(done.ticks).toBe(1);
    expect(world.node()).toEqual(before);
    expect(world.what()).not.toContain('marked');
  });

  it('tries again while its pods cannot be listed', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1), naked);
    world.cluster.faults.add({ match: /GET .*pods/, times: 1, effect: answer(503) });
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { code: 'blocked' }, ticks: 2 });
    expect(world.what()).toContain('cluster-unreachable');
  });

  it('gives up on taking back its marks after a while, says how to help, and alarms', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1));
    world.at(2, () => {
      world.cluster.apply(naked);
      world.cluster.faults.add({ match: /PATCH .*nodes/, effect: answer(403) });
    });
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'marks-left', completion: null, alarm: true });
    expect(done.end.text).toMatch(`the drain is refused, but ${nodeName} keeps our cordon and label`);
    expect(world.pod('web')).toMatchObject({ evictionsTried: 0 });
    expect(world.completions).toEqual([]);
  });
});
