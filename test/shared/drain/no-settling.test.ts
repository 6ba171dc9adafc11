import { expect, it } from 'vitest';
import { createWorld, deployment } from './drain-world.ts';

it('a change of state on the very second evicts a pod that heeds no cordon once, and lets it come back', async () => {
  const world = createWorld();
  const spec = { tolerations: [{ operator: 'Exists' }] };
  await world.fill(
    deployment('heedless', 1, { annotations: { 'sandbox/stop-after': '0s' }, spec }),
    deployment('slow', 1, { annotations: { 'sandbox/stop-after': '20s' } }),
  );
  // The scheduler puts it back where it was.
  world.cluster.remove('nodes', 'ip-10-0-2-20.ec2.internal');
  const evicted: string[] = [];
  const { evictPod } = world.port;
  world.port.evictPod = (pod, ...call) => {
    if (pod.name.startsWith('heedless')) evicted.push(pod.uid);
    return evictPod(pod, ...call);
  };
  world.ec2.state = 'shutting-down';
  expect(world.clock.now() % 1000).toBe(0);
  await world.drain(world.notice('state-change', 0));
  expect(evicted).toHaveLength(1);
});
