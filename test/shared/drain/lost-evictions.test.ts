import { expect, it } from 'vitest';
import { createWorld, deployment, nodeName } from './drain-world.ts';
import { noAnswer } from './no-answer.ts';

it('a pod that comes back each time is left alone although no eviction was ever answered: it was seen to go', async () => {
  const world = createWorld({ policy: { deadlineSeconds: 200 } });
  await world.fill(
    deployment('back', 1, { annotations: { 'sandbox/stop-after': '0s' }, spec: { nodeName } }),
    deployment('slow', 1, { annotations: { 'sandbox/stop-after': '100s' } }),
  );
  const evicted = new Set<string>();
  const { evictPod } = world.port;
  world.port.evictPod = async (pod, ...call) => {
    const answer = await evictPod(pod, ...call);
    if (!pod.name.startsWith('back')) return answer;
    if (answer.ok) evicted.add(pod.uid);
    return { ok: false, failure: noAnswer };
  };
  const done = await world.drain(world.terminate());
  expect(evicted.size).toBeGreaterThan(0);
  expect(evicted.size).toBeLessThanOrEqual(2);
  expect(done.end.text).toContain('came back after their eviction');
});
