import type { Node } from '../../sandbox/cluster/objects.ts';
import { nodeNameOf, type World } from './world.ts';

/** What others do to a Node. One that is gone is left alone. */
export function editNode({ cluster }: World, index: number, edit: (node: Node) => Partial<Node>): void {
  const node = cluster.get('nodes', nodeNameOf(index));
  if (node) cluster.apply({ ...node, ...edit(node) } as never);
}

export function annotate(world: World, index: number, key: string, value: string): void {
  editNode(world, index, ({ metadata }) => ({
    metadata: { ...metadata, annotations: { ...metadata.annotations, [key]: value } },
  }));
}

export function setReady(world: World, index: number, status: 'True' | 'Unknown'): void {
  const lastTransitionTime = new Date(world.clock.now()).toISOString();
  editNode(world, index, (node) => ({
    status: { ...node.status, conditions: [{ type: 'Ready', status, lastTransitionTime }] },
  }));
}

/** Another drain says that the node is its own, and goes on saying so for a while. */
export function claim(world: World, index: number, ageSeconds: number, until: number): void {
  const at = (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString();
  const mark = {
    version: 1,
    drain: 'i-0other-token',
    execution: 'another-execution',
    startedAt: at(-ageSeconds),
    deadlineAt: at(3_000),
    endsAt: at(3_000),
    markedAt: at(-ageSeconds),
    seenAt: at(-ageSeconds),
    ours: { label: false, cordon: false },
    ...whatStands(world, index),
  };
  annotate(world, index, 'eks-node-lifecycle.io/drain', JSON.stringify(mark));
  if (world.clock.now() + 60_000 < until) void world.sleep(60).then(() => claim(world, index, 0, until));
}

/** A claim that replaces another goes on from there. */
function whatStands({ cluster }: World, index: number): object {
  const text = cluster.get('nodes', nodeNameOf(index))?.metadata.annotations?.['eks-node-lifecycle.io/drain'];
  if (text === undefined) return {};
  const { markedAt, ours } = JSON.parse(text) as { markedAt: string; ours: object };
  return { markedAt, ours };
}
