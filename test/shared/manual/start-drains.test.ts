import { describe, expect, it } from 'vitest';
import { excludeLabel } from '../../../shared/lifecycle/mark.ts';
import { budget, deployment } from '../drain/drain-world.ts';
import { createManualWorld } from './manual-world.ts';

const naked = (nodeName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'naked', namespace: 'default' },
  spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
});

describe('drains that somebody asked for', () => {
  it('cordon every node before the first is drained, and keep those that wait in their load balancers', async () => {
    const { world, names, events, started, cordoned } = await createManualWorld(3, () => [deployment('web', 6)]);
    const running = started();
    await world.clock.advance(1_000);
    expect(cordoned()).toEqual(names);
    const out = names.filter((name) => world.cluster.get('nodes', name)?.metadata.labels?.[excludeLabel] === 'true');
    expect(out).toHaveLength(1);
    expect(events[0]).toEqual({ kind: 'cordoned', nodes: names });
    const done = await world.clock.runUntil(running);
    expect(done).toMatchObject({ result: 'ended', outcomes: names.map(() => ({ outcome: 'drained' })) });
    expect(world.cluster.list('pods').every(({ spec }) => spec.nodeName === 'spare.ec2.internal')).toBe(true);
    expect(cordoned()).toEqual(names);
  });

  it('take one node after another, zone by zone', async () => {
    const { run, order, events, nodes } = await createManualWorld(4, () => [deployment('web', 8)]);
    await run();
    const zones = order('begun').map((name) => nodes.find((node) => node.name === name)?.zone);
    expect(zones).toEqual(['a', 'a', 'b', 'b']);
    const kinds = events.filter(({ kind }) => kind === 'begun' || kind === 'ended').map(({ kind }) => kind);
    expect(kinds).toEqual(Array.from({ length: 4 }, () => ['begun', 'ended']).flat());
  });

  it('take as many at once as may be unavailable, and never of two zones', async () => {
    const { run, events, nodes } = await createManualWorld(8, () => [deployment('web', 8)]);
    await run({ maxUnavailable: '40%' });
    let most = 0;
    const busy = new Set<string>();
    for (const event of events) {
      if (event.kind === 'begun') busy.add(event.node);
      if (event.kind === 'ended') busy.delete(event.node);
      most = Math.max(most, busy.size);
      const zones = new Set([...busy].map((name) => nodes.find((node) => node.name === name)?.zone));
      expect(zones.size).toBeLessThan(2);
    }
    expect(most).toBe(3);
  });

  it('begin with none when a pod of any node blocks, and say all of them', async () => {
    const { run, cordoned, marked, names, events } = await createManualWorld(2, ([, second]) => [
      deployment('web', 2),
      naked(second as string),
    ]);
    expect(await run()).toEqual({
      result: 'blocked',
      blocked: [
        {
          ...{ node: names[1], namespace: 'default', name: 'naked' },
          ...{ code: 'unmanaged-pod', reason: 'no controller will replace it' },
        },
      ],
    });
    expect(cordoned()).toEqual([]);
    expect(marked()).toEqual([]);
    expect(events).toEqual([]);
  });

  it('stop with the first node that fails, say which, and uncordon those that were not begun', async () => {
    const { run, order, cordoned, names, marked } = await createManualWorld(4, () => [
      deployment('web', 8),
      budget('web', { maxUnavailable: 0 }),
    ]);
    const done = await run({ options: { timeoutSeconds: 60 } });
    const [first] = order('begun');
    expect(done).toMatchObject({ result: 'ended' });
    expect(done.result === 'ended' && done.outcomes.map(({ node, outcome }) => [node, outcome])).toEqual([
      [first, 'failed'],
      ...names.filter((name) => name !== first).map((name) => [name, 'not-begun']),
    ]);
    expect(order('begun')).toHaveLength(1);
    expect(cordoned()).toEqual([first]);
    expect(marked()).toEqual([first]);
  });

  it('take every cordon back when one node cannot be cordoned', async () => {
    const { world, run, cordoned, marked, names } = await createManualWorld(3, () => [deployment('web', 3)]);
    const [, , last] = names;
    const forbidden = { answer: { status: 403, body: { kind: 'Status', code: 403, message: 'no' } } };
    world.cluster.faults.add({ match: new RegExp(`PATCH .*nodes/${last}`), effect: forbidden });
    expect(await run()).toMatchObject({ result: 'refused', doing: 'cordoning', node: last, failure: { code: 403 } });
    expect(cordoned()).toEqual([]);
    expect(marked()).toEqual([]);
  });

  it('stop at once when they are told to, and take back exactly their marks', async () => {
    const { world, started, stop, cordoned, marked, events, names } = await createManualWorld(3, () => [
      deployment('web', 3),
      budget('web', { maxUnavailable: 0 }),
    ]);
    world.cluster.apply({ ...world.cluster.get('nodes', names[2] as string), spec: { unschedulable: true } } as never);
    const running = started();
    await world.clock.advance(30_000);
    const at = world.clock.now();
    stop.abort(new Error('Ctrl-C'));
    const done = await world.clock.runUntil(running);
    expect(done.result === 'ended' && done.outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'not-begun',
      'not-begun',
      'stopped',
    ]);
    expect(world.clock.now() - at).toBeLessThan(15_000);
    expect(marked()).toEqual([]);
    expect(cordoned()).toEqual([names[2]]);
    expect(events.map(({ kind }) => kind)).toContain('stopping');
    expect(world.report().end).toMatchObject({ reason: 'aborted' });
  });

  it('take back every cordon when they are stopped while nodes are still being cordoned', async () => {
    const { world, run, stop, cordoned, marked, names } = await createManualWorld(3, () => [deployment('web', 3)]);
    const { patchNode } = world.port;
    world.port.patchNode = async (...call) => {
      const answer = await patchNode(...call);
      stop.abort(new Error('Ctrl-C'));
      return answer;
    };
    const done = await run();
    expect(done.result === 'ended' && done.outcomes.map(({ outcome }) => outcome)).toEqual(
      names.map(() => 'not-begun'),
    );
    expect(cordoned()).toEqual([]);
    expect(marked()).toEqual([]);
    expect(world.pods()).not.toEqual([]);
  });

  it('leave a node to whoever drains it already', async () => {
    const { world, run, nodes } = await createManualWorld(1, () => [deployment('web', 2)]);
    const hook = world.follow(world.terminate());
    await world.clock.advance(3_000);
    const done = await run({ nodes });
    expect(done).toMatchObject({ outcomes: [{ outcome: 'drained', end: { reason: 'handed-over' } }] });
    expect((await world.clock.runUntil(hook)).end.completion).toBe('CONTINUE');
  });
});
