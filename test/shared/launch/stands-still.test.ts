import { describe, expect, it } from 'vitest';
import { createWorld, node } from './launch-world.ts';

describe('a tick whose process stood still past the deadline', () => {
  /** What its watches would have told it comes after it. */
  function deafWorld() {
    const world = createWorld({ heartbeatSeconds: 1800, policy: { deadlineSeconds: 200 } });
    world.cluster.apply(node({ readyAfter: 8 }));
    const { watchNode, watchPods } = world.port;
    async function* silence(signal: AbortSignal): AsyncGenerator<never> {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }
    world.port.watchNode = (_name, _version, signal) => silence(signal);
    world.port.watchPods = (_name, _version, signal) => silence(signal);
    world.at(150, () => Object.assign(world.port, { watchNode, watchPods }));
    return world;
  }

  it('while it waited looks anew before it gives the launch up', async () => {
    const world = deafWorld();
    world.at(10, () => world.clock.jump(200_000));
    const { end, waits } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'ready', completion: 'CONTINUE' });
    expect(waits).toEqual([1]);
  });

  it('while it asked, too', async () => {
    const world = deafWorld();
    const { listPods } = world.port;
    world.port.listPods = async (...call) => {
      const listed = await listPods(...call);
      world.port.listPods = listPods;
      await world.clock.sleep(10_000, new AbortController().signal);
      world.clock.jump(200_000);
      return listed;
    };
    const { end, waits } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'ready', completion: 'CONTINUE' });
    expect(waits).toEqual([1]);
  });
});
