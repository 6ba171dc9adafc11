import { describe, expect, it } from 'vitest';
import type { LaunchInput } from '../../../shared/lifecycle/launch.ts';
import { createWorld, instanceId, node, nodeName, notReady, startUpTaint } from './launch-world.ts';

type World = ReturnType<typeof createWorld>;

/** Every call of AWS and of the cluster passes here; the `at`th throws, before or after it took effect. */
function killAt(world: World, at: number, when: 'before' | 'after'): () => number {
  let calls = 0;
  const wrap = (target: object) => {
    for (const [name, method] of Object.entries(target)) {
      if (typeof method !== 'function' || name.startsWith('watch')) continue;
      Object.assign(target, {
        [name]: async (...call: unknown[]) => {
          calls += 1;
          const dies = calls === at;
          if (dies && when === 'before') throw new Error('killed');
          const value = await method(...call);
          if (dies) throw new Error('killed');
          return value;
        },
      });
    }
  };
  wrap(world.port);
  wrap(world.ports.autoScaling);
  return () => calls;
}

describe('a tick that is killed at any call and run again', () => {
  it.each(['before', 'after'] as const)('%s the call took effect comes to the same', async (when) => {
    const tags = { 'k8s.io/cluster-autoscaler/node-template/taint/dedicated': 'gpu:NoSchedule' };
    for (let at = 1; ; at += 1) {
      const world = createWorld({ tags });
      const calls = killAt(world, at, when);
      world.cluster.apply(node());
      const action = world.launch();
      const input: LaunchInput = { action, state: null, execution: 'one' };
      const first = await world.tickOnce(input).catch(() => undefined);
      if (first?.status !== 'done') await world.run(action);
      await world.clock.advance(5_000);
      expect([at, world.node()?.spec.taints]).toEqual([at, [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }]]);
      expect([at, world.scaling.instance(instanceId)?.lifecycleState]).toEqual([at, 'InService']);
      expect(world.completions.filter(({ answer }) => answer === 'accepted')).toHaveLength(1);
      if (calls() < at) break;
    }
  });
});

describe('a launch', () => {
  it('whose event comes twice is completed once', async () => {
    const world = createWorld();
    world.cluster.apply(node({ readyAfter: 30 }));
    const action = world.launch();
    const inputs = ['one', 'two'].map((execution): LaunchInput => ({ action, state: null, execution }));
    const outputs = [];
    for (let tick = 0; outputs.length < 2 && tick < 50; tick += 1) {
      for (const [index, input] of inputs.entries()) {
        const output = await world.tickOnce(input);
        if (output.status === 'done') {
          outputs.push(output.end.reason);
          inputs.splice(index, 1);
        } else inputs[index] = { ...input, state: output.state };
      }
    }
    expect(outputs).toEqual(['ready', 'already-resolved']);
    expect(world.completions).toHaveLength(1);
    expect(world.events().filter(({ reason }) => reason === 'LaunchReady')).toHaveLength(1);
  });

  it('is ready by the node that came back under another name', async () => {
    const world = createWorld();
    world.cluster.apply(node({ status: notReady('KubeletNotReady', 'starting') }));
    const action = world.launch();
    world.at(50, () => world.cluster.remove('nodes', nodeName));
    world.at(55, () => world.cluster.apply(node({ name: 'renamed.ec2.internal' })));
    expect((await world.run(action)).end).toMatchObject({ reason: 'ready', text: expect.stringContaining('renamed') });
    expect(world.node('renamed.ec2.internal')?.spec.taints).toEqual([]);
  });

  it('takes the ready one of two Nodes of its instance, whichever it saw first', async () => {
    const world = createWorld();
    world.cluster.apply(node({ status: notReady('NodeStatusUnknown', 'old', 'Unknown') }));
    const action = world.launch();
    world.at(40, () => world.cluster.apply(node({ name: 'zz.ec2.internal' })));
    expect((await world.run(action)).end).toMatchObject({ reason: 'ready', text: expect.stringContaining('zz.ec2') });
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);
  });

  it('finds a Node whose name nobody could guess', async () => {
    const world = createWorld();
    const action = world.launch();
    world.at(70, () => world.cluster.apply(node({ name: instanceId })));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.seconds()).toBeLessThan(130);
  });

  it('finds its Node also when EC2 cannot be asked for its name', async () => {
    const world = createWorld();
    world.ports.diagnosis.instance = async () => undefined;
    const action = world.launch();
    world.at(70, () => world.cluster.apply(node()));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.seconds()).toBeLessThan(105);
  });

  it('does not take a Node of its name for its own while another instance has it', async () => {
    const world = createWorld();
    world.cluster.apply(node({ id: 'i-0old' }));
    const action = world.launch();
    world.at(60, () => world.cluster.remove('nodes', nodeName));
    world.at(61, () => world.cluster.apply(node()));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.seconds()).toBeGreaterThan(60);
  });

  it('starts over when its node goes while it is patched', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const { patchNode } = world.port;
    let gone = false;
    world.port.patchNode = async (...call) => {
      if (!gone) world.cluster.remove('nodes', nodeName);
      gone = true;
      return patchNode(...call);
    };
    const action = world.launch();
    world.at(30, () => world.cluster.apply(node()));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.node()?.spec.taints).toEqual([]);
  });

  it('says nothing more when somebody else has completed it', async () => {
    const world = createWorld();
    const action = world.launch();
    world.at(30, () => world.scaling.completeAction({ ...action }, 'ABANDON'));
    expect((await world.run(action)).end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(world.completions).toEqual([]);
  });

  it('says nothing more when somebody else completes it just before', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    const action = world.launch();
    const { completeAction } = world.ports.autoScaling;
    world.ports.autoScaling.completeAction = async (...call) => {
      world.scaling.completeAction({ ...action }, 'CONTINUE');
      return completeAction(...call);
    };
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(end.text).toContain('Pending:Proceed');
  });

  it('whose watch breaks in a way that nobody can explain fails its tick, and goes on with the next', async () => {
    const world = createWorld();
    world.cluster.apply(node({ readyAfter: 10 }));
    const { watchNode } = world.port;
    world.port.watchNode = () => {
      throw new TypeError('unexpected');
    };
    const action = world.launch();
    const input: LaunchInput = { action, state: null, execution: 'one' };
    await expect(world.tickOnce(input)).rejects.toThrow(`following Node ${nodeName}`);
    world.port.watchNode = watchNode;
    expect((await world.run(action)).end.reason).toBe('ready');
  });

  it('waits for a Node that says whose it is only later', async () => {
    const world = createWorld();
    world.cluster.apply(node({ spec: { providerID: undefined } }));
    const action = world.launch();
    world.at(30, () => world.cluster.apply(node()));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.logged('launch waits')[0]?.fields.missing).toContain(`Node ${nodeName} is of no instance yet`);
  });

  it('comes again while Auto Scaling does not know its action yet, and not for ever', async () => {
    for (const [until, reason] of [
      [30, 'ready'],
      [Number.POSITIVE_INFINITY, 'already-resolved'],
    ] as const) {
      const world = createWorld();
      world.cluster.apply(node());
      const { completeAction, recordHeartbeat } = world.ports.autoScaling;
      const lags = () => world.seconds() < until;
      world.ports.autoScaling.completeAction = async (...call) =>
        lags() ? 'no-active-action' : completeAction(...call);
      world.ports.autoScaling.recordHeartbeat = async (...call) =>
        lags() ? 'no-active-action' : recordHeartbeat(...call);
      expect((await world.run(world.launch())).end.reason).toBe(reason);
      expect(world.seconds()).toBeLessThan(80);
    }
  });

  it('that came into service by its timeout still gets its node ready for work, and completes nothing', async () => {
    const world = createWorld({ heartbeatSeconds: 30 });
    const action = world.launch();
    const { recordHeartbeat } = world.ports.autoScaling;
    world.ports.autoScaling.recordHeartbeat = async () => Promise.reject(new Error('Throttling'));
    world.at(100, () => {
      world.ports.autoScaling.recordHeartbeat = recordHeartbeat;
      world.cluster.apply(node());
    });
    const { end } = await world.run(action);
    expect(world.scaling.instance(instanceId)?.lifecycleState).toBe('InService');
    expect(end).toMatchObject({ reason: 'already-resolved', completion: null, alarm: false });
    expect(end.text).toContain('takes away the taint');
    expect(world.node()?.spec.taints).toEqual([]);
    expect(world.completions).toEqual([]);
    expect(world.logged('heartbeat failed').length).toBeGreaterThan(0);
  });

  it('that came into service so and never was ready is told with an alarm', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    const action = world.launch();
    world.at(50, () => world.scaling.completeAction({ ...action }, 'CONTINUE'));
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'already-resolved', code: 'no-node', completion: null, alarm: true });
    expect(world.completions).toEqual([]);
  });
});
