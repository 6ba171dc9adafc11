import { describe, expect, it } from 'vitest';
import { createWorld, groupName, instanceId, node, startUpTaint } from './launch-world.ts';

type World = ReturnType<typeof createWorld>;
const policy = { deadlineSeconds: 300 };

/** Our action is resolved, and another hook of the group still holds the instance. */
function heldByOther(world: World): void {
  world.ports.autoScaling.recordHeartbeat = async () => 'no-active-action';
  world.ports.autoScaling.completeAction = async () => 'no-active-action';
  world.ports.autoScaling.describeInstance = async () => ({ groupName, lifecycleState: 'Pending:Wait' });
}

describe('a launch whose action is lost while another hook holds its instance', () => {
  it('still gets its node ready for work, and completes nothing', async () => {
    const world = createWorld({ heartbeatSeconds: 30 });
    const action = world.launch();
    heldByOther(world);
    world.at(150, () => world.cluster.apply(node({ readyAfter: 10 })));
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(end.text).toContain('the instance waits for another hook');
    expect(end.text).toContain('takes away the taint');
    expect(world.node()?.spec.taints).toEqual([]);
    expect(world.seconds()).toBeLessThan(200);
  });

  it('stays for its node as for any other, once the action is certainly lost', async () => {
    const world = createWorld();
    const action = world.launch();
    heldByOther(world);
    world.at(100, () => world.cluster.apply(node({ readyAfter: 10 })));
    const { waits } = await world.run(action);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5);
    expect(waits.length).toBeLessThan(15);
  });

  it('and that never becomes ready is told, with its diagnosis and an alarm', async () => {
    const world = createWorld({ policy });
    const action = world.launch();
    heldByOther(world);
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', code: 'no-node', completion: null, alarm: true });
    expect(world.seconds()).toBeLessThan(310);
  });
});

describe('a launch that is in service before its node was ready', () => {
  it('comes again as any other does, and not each second', async () => {
    const world = createWorld({ heartbeatSeconds: 30 });
    const action = world.launch();
    world.at(12, () => world.scaling.completeAction({ ...action }, 'CONTINUE'));
    world.at(250, () => world.cluster.apply(node()));
    const { waits, end } = await world.run(action);
    expect(end.text).toContain('takes away the taint');
    expect(world.scaling.instance(instanceId)?.lifecycleState).toBe('InService');
    expect(Math.min(...waits.slice(2))).toBeGreaterThanOrEqual(5);
  });

  it('since its hook ran out just when it was given up is told with an alarm', async () => {
    const world = createWorld({ policy });
    const action = world.launch();
    world.cluster.apply(node({ status: { conditions: [{ type: 'Ready', status: 'False' }] } }));
    const { completeAction } = world.ports.autoScaling;
    world.ports.autoScaling.completeAction = async (...call) => {
      world.scaling.completeAction({ ...action }, 'CONTINUE');
      return completeAction(...call);
    };
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', code: 'node-not-ready', completion: null, alarm: true });
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);
  });

  it.each(['Terminating:Wait', 'Terminated', undefined])('but is %s by then needs no alarm', async (lifecycleState) => {
    const world = createWorld({ policy });
    const action = world.launch();
    world.ports.autoScaling.completeAction = async () => {
      const instance = lifecycleState === undefined ? undefined : { groupName, lifecycleState };
      world.ports.autoScaling.describeInstance = async () => instance;
      return 'no-active-action';
    };
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(end.text).toContain(lifecycleState ?? 'gone');
  });
});
