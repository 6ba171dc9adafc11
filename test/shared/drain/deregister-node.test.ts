import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../shared/lifecycle/registration.ts';
import { budget, createWorld, deployment, instanceId, nodeName } from './drain-world.ts';

const web: Registration = { kind: 'target-group', group: 'web', target: `${instanceId}:30080`, state: 'healthy' };

/** A world in which the node is registered until it is taken out, and then drains for 40 s. */
function createRegistered(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  const calls: { at: number; pods: number }[] = [];
  let takenAt: number | undefined;
  world.ports.loadBalancers = {
    deregister: async () => {
      calls.push({ at: world.clock.now(), pods: world.pods().length });
      if (takenAt !== undefined) return [];
      takenAt = world.clock.now();
      return [web];
    },
    stillRegistered: async () => {
      if (takenAt === undefined) return { registrations: [web] };
      const drains = world.clock.now() < takenAt + 40_000;
      return { registrations: drains ? [{ ...web, state: 'draining' }] : [] };
    },
  };
  return { world, calls, takenAt: () => takenAt };
}

describe('a node that is to be deregistered', () => {
  it('is, once it is marked and before its pods are gone, so that connections drain meanwhile', async () => {
    const { world, calls } = createRegistered();
    await world.fill(deployment('web', 3), budget('web', { maxUnavailable: 1 }));
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(calls[0]?.pods).toBe(3);
    const what = world.what();
    expect(what.indexOf('deregistered')).toBeGreaterThan(what.indexOf('marked'));
    expect(what.indexOf('deregistered')).toBeLessThan(what.indexOf('evicted'));
    expect(world.clock.now() - began).toBeLessThan(55_000);
    expect(world.report().timeline.filter(({ what }) => what === 'deregistered')).toEqual([
      expect.objectContaining({ text: `target group web: ${instanceId}:30080 is healthy` }),
    ]);
  });

  it('is tried again when it is empty, if it could not be before', async () => {
    const { world, takenAt } = createRegistered();
    const { deregister } = world.ports.loadBalancers;
    let tries = 0;
    world.ports.loadBalancers.deregister = async (...call) => {
      tries += 1;
      if (tries === 1) throw new Error('ThrottlingException');
      return deregister(...call);
    };
    await world.fill(deployment('web', 1));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(takenAt()).toBeDefined();
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'targets not deregistered' }));
  });

  it('is drained all the same while that takes too long', async () => {
    const { world } = createRegistered({ policy: { detachSeconds: 60 } });
    world.ports.loadBalancers.deregister = (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await world.fill(deployment('web', 1));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained-not-detached');
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'targets not deregistered yet' }));
  });

  it('is once in a drain, however many ticks that takes, and is told when there was nothing', async () => {
    const { world, calls } = createRegistered();
    world.ports.loadBalancers.deregister = async () => {
      calls.push({ at: world.clock.now(), pods: world.pods().length });
      return [];
    };
    world.ports.loadBalancers.stillRegistered = async () => ({ registrations: [] });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    world.at(400, () => world.cluster.apply(budget('web', { maxUnavailable: 1 })));
    const done = await world.drain(world.terminate());
    expect(done.ticks).toBeGreaterThan(3);
    expect(calls.filter(({ pods }) => pods > 0)).toHaveLength(1);
    expect(world.report().timeline.filter(({ what }) => what === 'deregistered')).toEqual([
      expect.objectContaining({ text: 'no target that may be taken out' }),
    ]);
  });

  it('takes with it what stays on it, once it is empty', async () => {
    const { world } = createRegistered();
    const asked: (readonly string[])[] = [];
    world.ports.loadBalancers = {
      deregister: async ({ addresses }) => {
        asked.push(addresses);
        return [];
      },
      stillRegistered: async () => ({ registrations: [] }),
    };
    world.cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stays', namespace: 'default', annotations: { 'eks-node-lifecycle.io/drain': 'skip' } },
      spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
      status: { phase: 'Running', podIPs: [{ ip: '10.0.1.77' }] },
    });
    await world.drain(world.terminate());
    expect(asked).toEqual([[], ['10.0.1.77']]);
  });

  it.each([
    ['its instance goes to a warm pool', {}, 'WarmPool'],
    ['someone asked for the drain', { mode: 'manual' }, 'EC2'],
  ] as const)('is not when %s: nobody would put it in again', async (_, policy, destination) => {
    const { world, calls } = createRegistered({ policy: { detachSeconds: 30, ...policy } });
    const done = await world.drain({ ...world.terminate(), destination });
    expect(done.end.reason).toBe('drained-not-detached');
    expect(calls).toEqual([]);
  });

  it.each([
    ['spot-interruption', 1],
    ['rebalance', 0],
  ] as const)('after the notice %s: %i of 1, since the instance goes for certain or may stay', async (kind, times) => {
    const { world, calls } = createRegistered({ policy: { detachSeconds: 30 }, notices: { rebalance: 'drain' } });
    await world.fill(deployment('web', 1));
    await world.drain(world.notice(kind, 120));
    expect(calls.filter(({ pods }) => pods > 0)).toHaveLength(times);
    expect(calls.length > 0).toBe(times > 0);
  });
});
