import { describe, expect, it } from 'vitest';
import { giveTurnBack, takeTurn } from '../../../shared/drain/force-turns.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import { budget, createWorld, deployment, type World } from './drain-world.ts';

const { signal } = new AbortController();

async function twoPods() {
  const world = createWorld();
  await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
  const pods = await world.port.listPods('ip-10-0-1-10.ec2.internal', signal);
  const budgets = await world.port.listBudgets(signal);
  if (!pods.ok || !budgets.ok) throw new Error('no lists');
  const [first, second] = pods.value.items as [PodView, PodView];
  return { world, first, second, held: budgets.value.items[0] as BudgetView };
}

const take = ({ port, clock }: World, pod: PodView, held: BudgetView, drain: string) =>
  takeTurn(pod, held, drain, { cluster: port, clock }, signal);

describe('the turn of a budget', () => {
  it('is taken by one pod, kept by it, and refused to another drain as long as that pod is not replaced', async () => {
    const { world, first, second, held } = await twoPods();
    expect(await take(world, first, held, 'one')).toMatchObject({ kind: 'taken', lease: { holder: 'one' } });
    await world.clock.advance(100_000);
    expect(await take(world, first, held, 'one')).toMatchObject({
      kind: 'taken',
      lease: { renewedAt: world.clock.now() },
    });
    expect(await take(world, second, held, 'two')).toMatchObject({
      kind: 'not-its-turn',
      until: world.clock.now() + 300_000,
      text: expect.stringContaining(first.name),
    });
    expect(await take(world, first, held, 'two')).toMatchObject({ kind: 'not-its-turn' });
  });

  it('goes on when the pod is gone and as many are healthy as before, or after five minutes', async () => {
    const { world, first, second, held } = await twoPods();
    await take(world, first, held, 'one');
    await world.clock.advance(10_000);
    await world.port.deletePod(first, { graceSeconds: 1 }, signal);
    world.cluster.remove('pods', first.name);
    expect(await take(world, second, { ...held, currentHealthy: 1 }, 'two')).toMatchObject({ kind: 'not-its-turn' });
    expect(await take(world, second, { ...held, currentHealthy: 2 }, 'two')).toMatchObject({ kind: 'taken' });
    expect(await take(world, first, held, 'one')).toMatchObject({ kind: 'not-its-turn' });
    await world.clock.advance(300_000);
    expect(await take(world, first, held, 'one')).toMatchObject({ kind: 'taken' });
  });

  it('is free at once when it is given back', async () => {
    const { world, first, second, held } = await twoPods();
    const turn = await take(world, first, held, 'one');
    if (turn.kind !== 'taken') throw new Error('taken expected');
    await giveTurnBack(turn, 'one', { cluster: world.port, clock: world.clock }, signal);
    expect(await take(world, second, held, 'two')).toMatchObject({ kind: 'taken' });
  });

  it('that another drain took first is asked for again soon; one that cannot be had is a refusal', async () => {
    const { world, first, held } = await twoPods();
    const answer = (code: number) => ({ answer: { status: code, body: { kind: 'Status', code, message: 'no' } } });
    world.cluster.faults.add({ match: /POST .*leases/, times: 1, effect: answer(409) });
    expect(await take(world, first, held, 'one')).toMatchObject({
      kind: 'not-its-turn',
      until: world.clock.now() + 10_000,
    });
    world.cluster.faults.add({ match: /GET .*leases/, times: 1, effect: answer(403) });
    expect(await take(world, first, held, 'one')).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('no'),
    });
  });
});
