import { expect, it } from 'vitest';
import { createWorld, node } from './launch-world.ts';

it('a launch whose hook was completed by somebody else a moment ago still gets its node ready for work', async () => {
  const world = createWorld();
  world.cluster.apply(node({ readyAfter: 30 }));
  const action = world.launch();
  const first = await world.tickOnce({ action, state: null, execution: 'one' });
  if (first.status !== 'again') throw new Error('the first tick waits');
  await world.clock.advance(first.waitSeconds * 1000);
  world.scaling.completeAction({ ...action }, 'CONTINUE');
  // Pending:Proceed, for as long as Auto Scaling takes to put it into service.
  const second = await world.tickOnce({ action, state: first.state, execution: 'one' });
  expect(second).toMatchObject({ status: 'done', end: { reason: 'already-resolved', completion: null, alarm: false } });
  expect(world.node()?.spec.taints).toEqual([]);
});
