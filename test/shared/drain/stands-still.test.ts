import { expect, it } from 'vitest';
import { budget, createWorld, deployment, groupName, instanceId } from './drain-world.ts';

it('a tick that stood still since its action was lost takes its marks back when the instance is in service again', async () => {
  const world = createWorld({ heartbeatSeconds: 60 });
  await world.fill(deployment('db', 1), budget('db', { maxUnavailable: 0 }));
  const action = world.terminate();
  world.at(5, () => world.scaling.addInstance(groupName, instanceId));
  const { getNode } = world.port;
  world.at(15, () => {
    world.port.getNode = async (...call) => {
      world.port.getNode = getNode;
      // Meanwhile the heartbeat says that there is no action any more.
      await world.clock.sleep(5_000, new AbortController().signal);
      world.clock.jump(120_000);
      return getNode(...call);
    };
  });
  const { end } = await world.drain(action);
  expect(end).toMatchObject({ reason: 'aborted', code: 'returned', completion: null });
  expect(world.what()).toContain('hook-lost');
  expect(world.mark()).toBeUndefined();
  expect(world.node()?.spec.unschedulable ?? false).toBe(false);
});
