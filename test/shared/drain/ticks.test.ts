import { describe, expect, it } from 'vitest';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { actionOf, budget, createWorld, deployment, groupName, topicArn } from './drain-world.ts';

describe('ticks', () => {
  it('send heartbeats at a third of the timeout, the last wait never past the next', async () => {
    const world = createWorld({ heartbeatSeconds: 60, policy: { deadlineSeconds: 900, onDeadline: 'continue' } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    await world.drain(world.terminate());
    const gaps = world.heartbeats.slice(1).map((at, index) => (at - (world.heartbeats[index] ?? 0)) / 1000);
    expect(gaps.length).toBeGreaterThan(35);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(22);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19);
  });

  it('a failing heartbeat is sent again and ends nothing', async () => {
    const world = createWorld({ heartbeatSeconds: 60 });
    await world.fill(deployment('web', 1, { annotations: { 'sandbox/stop-after': '25s' } }));
    const { recordHeartbeat } = world.ports.autoScaling;
    let failures = 2;
    world.ports.autoScaling.recordHeartbeat = async (...call) => {
      if (failures-- > 0) throw new Error('Rate exceeded');
      return recordHeartbeat(...call);
    };
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.lines.filter(({ message }) => message === 'heartbeat failed')).toHaveLength(2);
    expect(world.heartbeats).toHaveLength(1);
  });

  it('sleep longer the longer nothing moves, 120 s at most, and stay while a pod is about to go', async () => {
    const world = createWorld({ heartbeatSeconds: 7200, policy: { deadlineSeconds: 7200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    let input: TickInput = { action: world.terminate(), state: null, execution: 'one' };
    const waits: number[] = [];
    for (let tick = 0; tick < 14; tick += 1) {
      const output = await world.tickOnce(input);
      if (output.status === 'done') break;
      waits.push(output.waitSeconds);
      input = { ...input, state: output.state };
      await world.clock.advance(output.waitSeconds * 1000);
    }
    expect(waits[0]).toBeLessThan(10);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(120);
  });

  it('hand over when their own time is up, and the next goes on', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 3, { annotations: { 'sandbox/stop-after': '28s' } }));
    const input: TickInput = { action: world.terminate(), state: null, execution: 'one' };
    const first = await world.tickOnce(input, 20);
    expect(first).toMatchObject({ status: 'again', waitSeconds: 1 });
    if (first.status !== 'again') return;
    const second = await world.tickOnce({ ...input, state: first.state });
    expect(second).toMatchObject({ status: 'done', end: { reason: 'drained' } });
    expect(world.report().pods.every(({ evictionsTried }) => evictionsTried === 1)).toBe(true);
  });

  it('a tick run again from the start after it was killed drains all the same', async () => {
    const world = createWorld();
    await world.fill(
      deployment('web', 3, { annotations: { 'sandbox/stop-after': '20s' } }),
      budget('web', { maxUnavailable: 2 }),
    );
    const action = world.terminate();
    const killed = new AbortController();
    const input: TickInput = { action, state: null, execution: `${action.instanceId}-${action.token}` };
    const { terminateTick } = await import('../../../shared/drain/terminate-tick.ts');
    world.at(7, () => killed.abort(new Error('killed')));
    const dying = terminateTick(input, world.settings, world.ports, {
      endsAt: world.clock.now() + 270_000,
      signal: killed.signal,
    });
    await expect(world.clock.runUntil(dying)).rejects.toThrow();
    expect(world.completions).toEqual([]);

    const done = await world.drain(action);
    expect(done.end.reason).toBe('drained');
    expect(world.completions).toMatchObject([{ result: 'CONTINUE', answer: 'accepted' }]);
  });

  it('killed after the hook was completed, the next one still tells how the drain ended', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const action = world.terminate();
    const { completeAction } = world.ports.autoScaling;
    world.ports.autoScaling.completeAction = async (...call) => {
      await completeAction(...call);
      world.ports.autoScaling.completeAction = completeAction;
      throw new Error('killed');
    };
    const input: TickInput = { action, state: null, execution: 'one' };
    await expect(world.tickOnce(input)).rejects.toThrow('killed');
    const again = await world.tickOnce(input);
    expect(again).toMatchObject({ status: 'done', end: { reason: 'drained', completion: 'CONTINUE' } });
  });

  it('a second hook on the same instance waits for the drain in progress and completes its own action after it', async () => {
    const world = createWorld();
    const group = world.scaling.group(groupName);
    group?.hooks.push({
      name: 'second',
      heartbeatSeconds: 1800,
      defaultResult: 'CONTINUE',
      notificationTargetArn: topicArn,
    });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const [one, two] = world.scaling.terminateInstance('i-05629ab7d9287e205').map(actionOf);
    if (!one || !two) throw new Error('two actions expected');
    const first = await world.tickOnce({ action: one, state: null, execution: 'one' });
    const waiting = await world.tickOnce({ action: two, state: null, execution: 'two' });
    expect(waiting).toMatchObject({ status: 'again', summary: { phase: 'waiting-for-other-drain' } });
    world.cluster.apply(budget('web', { maxUnavailable: 1 }));
    if (first.status !== 'again' || waiting.status !== 'again') throw new Error('both go on');
    const firstDone = await world.tickOnce({ action: one, state: first.state, execution: 'one' });
    const secondDone = await world.tickOnce({ action: two, state: waiting.state, execution: 'two' });
    expect([firstDone, secondDone]).toMatchObject([{ end: { reason: 'drained' } }, { end: { reason: 'drained' } }]);
    expect(world.completions.map(({ answer }) => answer)).toEqual(['accepted', 'accepted']);
  });

  it('the state they carry stays small on a node of 250 pods', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 250), budget('web', { maxUnavailable: 0 }));
    const output = await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(JSON.stringify(output).length).toBeLessThan(4_000);
  });
});
