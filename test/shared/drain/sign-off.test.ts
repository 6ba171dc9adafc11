import { expect, it } from 'vitest';
import { drainAnnotation, readMark } from '../../../shared/lifecycle/mark.ts';
import { createWorld, deployment } from './drain-world.ts';

/** Does something to the node just before the drain notes its end there for the first time. */
async function drainedWhile(change: (mark: object, world: ReturnType<typeof createWorld>) => void) {
  const world = createWorld();
  await world.fill(deployment('web', 1));
  const { patchNode } = world.port;
  let notes = 0;
  world.port.patchNode = (name, patch, signal) => {
    const text = patch.metadata?.annotations?.[drainAnnotation];
    const mark = text ? (JSON.parse(text) as { ended?: string }) : {};
    if (mark.ended !== undefined) {
      notes += 1;
      if (notes === 1) change(mark, world);
    }
    return patchNode(name, patch, signal);
  };
  await world.drain(world.terminate());
  return { notes, mark: readMark(world.node()?.metadata.annotations ?? {}) };
}

function annotate(world: ReturnType<typeof createWorld>, annotations: Record<string, string>): void {
  const node = world.node() ?? expect.fail('no node');
  const metadata = { ...node.metadata, annotations: { ...node.metadata.annotations, ...annotations } };
  world.cluster.apply({ ...node, metadata });
}

it('the end of a drain does not take the node back from one that has just taken it over', async () => {
  const { notes, mark } = await drainedWhile(({ ended: _, ...mark }: { ended?: string }, world) =>
    annotate(world, { [drainAnnotation]: JSON.stringify({ ...mark, drain: 'i-1-another' }) }),
  );
  expect(mark).toMatchObject({ drain: 'i-1-another' });
  expect(mark?.ended).toBeUndefined();
  expect(notes).toBe(1);
});

it('the end of a drain is noted on a node that somebody else has changed meanwhile', async () => {
  const { notes, mark } = await drainedWhile((_, world) => annotate(world, { 'example.com/seen': 'true' }));
  expect(notes).toBe(2);
  expect(mark?.ended).toBe('drained');
});
