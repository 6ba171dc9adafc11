import type { ClusterPort, NodePatch } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { NodeView } from '../lifecycle/node.ts';

const conflictTries = 5;

/** Patches the node as it is now, and again when it changed meanwhile. `patchOf` answers undefined when there is nothing to do. */
export async function patchFresh(
  cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>,
  name: string,
  patchOf: (node: NodeView) => NodePatch | undefined,
  signal: AbortSignal,
): Promise<{ done: 'patched' | 'nothing' } | { failure: ApiFailure }> {
  for (let tries = 1; ; tries += 1) {
    const node = await cluster.getNode(name, signal);
    if (!node.ok) return { failure: node.failure };
    const patch = patchOf(node.value);
    if (!patch) return { done: 'nothing' };
    const answer = await cluster.patchNode(name, patch, signal);
    if (answer.ok) return { done: 'patched' };
    if (answer.failure.code !== 409 || tries === conflictTries) return { failure: answer.failure };
  }
}
