import { describe, expect, it } from 'vitest';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { budget, createWorld, deployment, groupName } from './drain-world.ts';

describe('an instance that returns to its warm pool', () => {
  it('is drained in Warmed:Pending:Wait, and its node keeps cordon and label for the relaunch to undo', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2));
    const action = { ...world.terminate(), destination: 'WarmPool' as const };
    world.ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState: 'Warmed:Pending:Wait' });
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
    expect(world.node()?.spec.unschedulable).toBe(true);
  });

  it('keeps them also when the tick was killed just after it had completed the action', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const action = { ...world.terminate(), destination: 'WarmPool' as const };
    let state = 'Warmed:Pending:Wait';
    world.ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState: state });
    const { completeAction } = world.ports.autoScaling;
    world.ports.autoScaling.completeAction = async (...call) => {
      await completeAction(...call);
      state = 'Warmed:Stopped';
      throw new Error('killed');
    };
    const input: TickInput = { action, state: null, execution: 'one' };
    await expect(world.tickOnce(input)).rejects.toThrow('killed');
    expect(await world.tickOnce(input)).toMatchObject({ status: 'done', end: { reason: 'drained' } });
    expect(world.node()?.spec.unschedulable).toBe(true);
  });

  it('that comes back into service before it was drained gets its node back as it was', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const action = { ...world.terminate(), destination: 'WarmPool' as const };
    let state = 'Warmed:Pending:Wait';
    world.ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState: state });
    world.at(90, () => {
      state = 'InService';
    });
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'aborted', completion: null });
    expect(world.node()?.spec.unschedulable).toBeFalsy();
  });
});
