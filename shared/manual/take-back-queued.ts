import type { ClusterPort } from '../cluster-port.ts';
import type { InventoryPort } from '../inventory-port.ts';
import { readMark, undoPatch } from '../lifecycle/mark.ts';
import { isOfRequest, markedNodes } from './marked-nodes.ts';
import { drainOf, toDrain } from './node-to-drain.ts';
import { patchFresh } from './patch-node.ts';

export interface TakeBackPorts {
  cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>;
  inventory: Pick<InventoryPort, 'listNodes'>;
}

/**
 * Takes the marks back from all nodes of a request whose drain has not begun, which is what keeps it from beginning. `evenOf`: and from this
 * node, whose drain was about to. Answers their names. Throws when one of them could not be.
 */
export async function takeBackQueued(
  requestId: string,
  { cluster, inventory }: TakeBackPorts,
  signal: AbortSignal,
  evenOf?: string,
): Promise<string[]> {
  const marked = await markedNodes(inventory, signal);
  if (!marked.ok) throw new Error(`listing the nodes of request ${requestId}: ${marked.failure.message}`);
  const queued = marked.value.filter((each) => each.mark.queued === true && isOfRequest(each, requestId));
  const taken: string[] = [];
  const problems: string[] = [];
  for (const { node } of queued) {
    const drain = drainOf(requestId, toDrain(node));
    const result = await patchFresh(
      cluster,
      node.name,
      (found) => {
        const mark = readMark(found.annotations);
        const isMine = mark?.drain === drain && mark.queued === true;
        return isMine && (mark.begins === undefined || node.name === evenOf) ? undoPatch(found) : undefined;
      },
      signal,
    );
    if ('failure' in result && result.failure.code !== 404) problems.push(`${node.name}: ${result.failure.message}`);
    else if ('done' in result && result.done === 'patched') taken.push(node.name);
  }
  if (problems.length > 0) throw new Error(`taking back cordons of request ${requestId}: ${problems.join('; ')}`);
  return taken;
}
