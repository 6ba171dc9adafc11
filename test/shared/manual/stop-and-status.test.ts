import { describe, expect, it } from 'vitest';
import { manualPolicy } from '../../../shared/lifecycle/manual-options.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import { cordonAhead } from '../../../shared/manual/cordon-ahead.ts';
import { drainStatus } from '../../../shared/manual/drain-status.ts';
import { stopDrain } from '../../../shared/manual/stop-drain.ts';
import { budget, deployment, nodeName } from '../drain/drain-world.ts';
import { createManualWorld } from './manual-world.ts';

const { signal } = new AbortController();

async function create() {
  const made = await createManualWorld(1, () => [deployment('web', 2), budget('web', { maxUnavailable: 0 })]);
  const { world } = made;
  const ports = { cluster: world.port, clock: world.clock, log: world.ports.log, reports: world.ports.reports };
  return {
    ...made,
    ports,
    status: () => drainStatus(nodeName, ports, signal),
    stop: () => stopDrain(nodeName, 'wait', ports, signal),
  };
}

describe('the status of a drain', () => {
  it('is told from the node, its pods and the budgets, before, during and after', async () => {
    const { world, status } = await create();
    expect(await status()).toMatchObject({ phase: 'none', cordoned: false, pods: { evictable: 2, gone: 0 } });
    const running = world.follow(world.manual({ timeoutSeconds: 300 }));
    await world.clock.advance(60_000);
    const [one, two] = world.pods().map(({ metadata }) => `default/${metadata.name}`);
    expect(await status()).toMatchObject({
      ...{ phase: 'draining', cordoned: true, byHand: true, pods: { evictable: 2 } },
      blocked: [{ code: 'budget', pods: expect.arrayContaining([one, two]) }],
    });
    const held = await status();
    expect('blocked' in held && held.blocked[0]?.text).toMatch('it can never allow a disruption');
    await world.clock.runUntil(running);
    expect(await status()).toMatchObject({ phase: 'ended', ended: 'deadline' });
  });

  it('counts what the drain was asked to evict, and no more', async () => {
    const { world, ports, status } = await create();
    const other = { matchLabels: { app: 'other' }, matchExpressions: [] };
    const asked = { podSelector: other, timeoutSeconds: 300 };
    const policy = manualPolicy(defaultPolicy, asked);
    expect(await drainStatus(nodeName, { ...ports, policy }, signal)).toMatchObject({ pods: { evictable: 0 } });
    await world.drain(world.manual(asked));
    expect(await status()).toMatchObject({ ended: 'drained', pods: { evictable: 0, staying: 2 }, blocked: [] });
  });

  it('is silent when a drain has not ended and gives no sign', async () => {
    const { world, status } = await create();
    void world.tickOnce({ action: world.manual(), state: null, execution: 'one' }, 1);
    await world.clock.advance(5_000);
    expect(await status()).toMatchObject({ phase: 'draining' });
    await world.clock.advance(700_000);
    expect(await status()).toMatchObject({ phase: 'silent' });
  });

  it('tells a node that waits for its turn', async () => {
    const { ports, request, status } = await create();
    await cordonAhead(request(), ports, signal);
    expect(await status()).toMatchObject({ phase: 'queued', cordoned: true });
  });

  it('says that there is no such node', async () => {
    const { ports } = await create();
    expect(await drainStatus('nobody', ports, signal)).toMatchObject({ failure: { code: 404 } });
  });
});

describe('a stop', () => {
  it('tells a drain at work, which takes back its marks', async () => {
    const { world, stop, status, marked, cordoned } = await create();
    const running = world.follow(world.manual());
    await world.clock.advance(30_000);
    expect(await stop()).toMatchObject({ result: 'told', hook: false });
    expect(await status()).toMatchObject({ phase: 'stopping' });
    expect((await world.clock.runUntil(running)).end).toMatchObject({ reason: 'aborted' });
    expect(marked()).toEqual([]);
    expect(cordoned()).toEqual([]);
  });

  it.each([
    ['waits for its turn', 0],
    ['has ended', 300],
  ])('takes back the marks of one that %s', async (_, seconds) => {
    const { world, ports, request, stop, marked, cordoned } = await create();
    if (seconds === 0) await cordonAhead(request(), ports, signal);
    else await world.drain(world.manual({ timeoutSeconds: seconds }));
    expect(cordoned()).toHaveLength(1);
    expect(await stop()).toMatchObject({ result: 'undone' });
    expect(cordoned()).toEqual([]);
    expect(marked()).toEqual([]);
  });

  it('leaves a node alone that has no mark of ours, cordoned or not', async () => {
    const { world, stop } = await create();
    world.cluster.apply({ ...world.node(), spec: { ...world.node()?.spec, unschedulable: true } } as never);
    const before = world.node();
    expect(await stop()).toEqual({ node: nodeName, result: 'not-marked' });
    expect(world.node()).toEqual(before);
  });
});
