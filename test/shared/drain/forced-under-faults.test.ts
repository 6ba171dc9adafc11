import { describe, expect, it } from 'vitest';
import { takeTurn } from '../../../shared/drain/force-turns.ts';
import { budget, createWorld, deployment, nodeName } from './drain-world.ts';
import { noAnswer } from './no-answer.ts';

// What the runs with random faults (test/faults) had found about deletes past a budget.

const { signal } = new AbortController();

describe('a forced delete', () => {
  it('that nobody answered keeps its turn, and is told when it takes effect later', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const { deletePod } = world.port;
    world.port.deletePod = async (...call) => {
      world.at(10, () => void deletePod(...call));
      return { ok: false, failure: noAnswer };
    };
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained-forced', alarm: true });
    const [lease] = world.cluster.list('leases') as unknown as { metadata: { annotations?: object } }[];
    expect(lease?.metadata.annotations).toHaveProperty(['eks-node-lifecycle.io/pod-uid']);
  });

  it('by a process that stood still since it took its turn asks for its turn again', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const { patchNode, deletePod } = world.port;
    world.port.patchNode = async (...call) => {
      if (JSON.stringify(call).includes('forced')) await world.clock.sleep(280_000, signal);
      return patchNode(...call);
    };
    let renewed = 0;
    world.port.deletePod = async (...call) => {
      const [lease] = world.cluster.list('leases') as unknown as { spec: { renewTime: string } }[];
      renewed = world.clock.now() - Date.parse(lease?.spec.renewTime ?? '');
      return deletePod(...call);
    };
    await world.drain(world.terminate());
    expect(renewed).toBeLessThanOrEqual(30_000);
  });

  it('taken up again after it had its effect still waits for as many healthy pods as were before it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
    const pods = await world.port.listPods(nodeName, signal);
    const budgets = await world.port.listBudgets(signal);
    if (!pods.ok || !budgets.ok) throw new Error('no lists');
    const [first, second] = pods.value.items;
    const [held] = budgets.value.items;
    if (!first || !second || !held) throw new Error('two pods and a budget expected');
    const take = (pod: typeof first, currentHealthy: number) =>
      takeTurn(pod, { ...held, currentHealthy }, 'one', { cluster: world.port, clock: world.clock }, signal);
    await take(first, 2);
    world.cluster.remove('pods', first.name);
    await take(first, 1);
    await world.clock.advance(10_000);
    expect(await take(second, 1)).toMatchObject({ kind: 'not-its-turn' });
  });

  it('that is tried again for long waits for as many healthy pods as there were at last', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 3), budget('web', { maxUnavailable: 0 }));
    const pods = await world.port.listPods(nodeName, signal);
    const budgets = await world.port.listBudgets(signal);
    if (!pods.ok || !budgets.ok) throw new Error('no lists');
    const [first, second] = pods.value.items;
    const [held] = budgets.value.items;
    if (!first || !second || !held) throw new Error('pods and a budget expected');
    const take = (pod: typeof first, currentHealthy: number) =>
      takeTurn(pod, { ...held, currentHealthy }, 'one', { cluster: world.port, clock: world.clock }, signal);
    await take(first, 2);
    await take(first, 3);
    world.cluster.remove('pods', first.name);
    await world.clock.advance(10_000);
    expect(await take(second, 2)).toMatchObject({ kind: 'not-its-turn' });
  });

  it('follows only a refusal of an eviction that was asked for past the force moment, however long its answer took', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const began = world.clock.now();
    const asked: number[] = [];
    const { evictPod, deletePod } = world.port;
    let deletedAt = 0;
    world.port.evictPod = async (...call) => {
      asked.push((world.clock.now() - began) / 1000);
      const answer = await evictPod(...call);
      await world.clock.sleep(asked.length === 1 ? 100_000 : 0, signal);
      return answer;
    };
    world.port.deletePod = async (...call) => {
      deletedAt = (world.clock.now() - began) / 1000;
      return deletePod(...call);
    };
    await world.drain(world.terminate());
    expect(asked.some((at) => at >= 80 && at <= deletedAt)).toBe(true);
  });
});
