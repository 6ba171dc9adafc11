import { expect, it } from 'vitest';
import { createWorld } from './drain-world.ts';

it('an end that Auto Scaling does not take is counted and told at once, and thrown for the next tick', async () => {
  const world = createWorld({ loseNode: true });
  const { completeAction } = world.ports.autoScaling;
  const denied = new Error('AccessDenied');
  world.ports.autoScaling.completeAction = async () => Promise.reject(denied);
  const action = world.terminate();
  await expect(world.drain(action)).rejects.toBe(denied);
  expect(world.metrics).toEqual([{ name: 'HookCompletionsFailed', value: 1, dimensions: undefined }]);
  expect(world.lines.find(({ message }) => message === 'hook not completed')).toMatchObject({
    level: 'error',
    fields: { instance: action.instanceId, hook: action.hookName, result: 'CONTINUE', error: 'Error: AccessDenied' },
  });
  world.ports.autoScaling.completeAction = completeAction;
  expect((await world.drain(action)).end).toMatchObject({ reason: 'no-node', completion: 'CONTINUE' });
});
