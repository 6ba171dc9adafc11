import { expect, it } from 'vitest';
import { drainAnnotation } from '../../../shared/lifecycle/mark.ts';
import { createRollWorld, type RollWorld } from './roll-world.ts';

it('begins no other node while an instance waits in its terminate hook, and stops when that takes too long', async () => {
  const world = createRollWorld();
  world.group().hooks.push({ name: 'drain', heartbeatSeconds: 7200, defaultResult: 'CONTINUE' });
  const end = await world.roll({ goneTimeoutSeconds: 600 });
  expect(end).toMatchObject({ outcome: 'failed', reason: { code: 'not-gone' } });
  expect(end.reason?.text).toBe('still there after 600 s: i-00000000000000000 (Terminating:Wait)');
  expect(world.drained.filter((name) => name.startsWith('old'))).toEqual(['old-0']);
  expect(world.group().desired).toBe(3);
  world.end();
});

it('begins no node before the whole surge is ready', async () => {
  const world = createRollWorld({ max: 6, nodeNameOf: (_, number) => (number === 1 ? 'new-1' : undefined) });
  const end = await world.roll({ maxUnavailable: { count: 2 }, readyTimeoutSeconds: 300 });
  expect(end).toMatchObject({ outcome: 'failed', reason: { code: 'not-ready' } });
  expect(world.steps().filter(({ kind }) => kind === 'cordon')).toEqual([]);
  expect(world.drained).toEqual(['new-1']);
  world.end();
});

it('leaves a node cordoned whose drain has left its mark, and no other', async () => {
  const world = createRollWorld();
  world.failing.set('old-0', { ok: false, reason: 'deadline', text: 'two pods are left' });
  const marks = world.clock.sleep(30_000, new AbortController().signal).then(() => {
    const node = world.cluster.get('nodes', 'old-0');
    if (!node) throw new Error('it is gone');
    const annotations = { ...node.metadata.annotations, [drainAnnotation]: '{}' };
    world.cluster.apply({ ...node, metadata: { ...node.metadata, annotations } } as never);
  });
  const next = 'old-0 stays cordoned: the same command goes on, enl drain stop old-0 takes our marks back.';
  expect(await world.roll()).toMatchObject({ outcome: 'failed', reason: { about: 'old-0', next } });
  await marks;
  const cordoned = world.cluster.list('nodes').filter(({ spec }) => spec.unschedulable);
  expect(cordoned.map(({ metadata }) => metadata.name)).toEqual(['old-0']);
  world.end();
});

it('suspends launches before it lowers a desired capacity for which there is no instance', async () => {
  const world = createRollWorld();
  const wrap = (port: RollWorld['ports']['group']) => ({
    ...port,
    setDesired: async (_: string, desired: number) => {
      world.group().desired = desired;
      return 'done' as const;
    },
  });
  await world.roll({ readyTimeoutSeconds: 60 }, { wrap });
  const told = world.steps().flatMap((step) => {
    if (step.kind === 'set-desired') return [`${step.from} to ${step.to}`];
    return step.kind === 'suspend' || step.kind === 'resume' ? [`${step.kind} ${step.process}`] : [];
  });
  const before = ['suspend AZRebalance', '3 to 4'];
  expect(told).toEqual([...before, 'suspend Launch', '4 to 3', 'resume AZRebalance', 'resume Launch']);
  world.end();
});
