import type { InventoryPort } from '../inventory-port.ts';
import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import { type Mark, readMark } from '../lifecycle/mark.ts';
import type { PlanNode } from '../plan/snapshot.ts';
import { drainOf, toDrain } from './node-to-drain.ts';

export interface MarkedNode {
  node: PlanNode;
  mark: Mark;
}

/** Every node of a cluster that a drain has marked, of whatever kind and whether it is over or not. */
export async function markedNodes(
  inventory: Pick<InventoryPort, 'listNodes'>,
  signal: AbortSignal,
): Promise<ApiAnswer<MarkedNode[]>> {
  const nodes = await inventory.listNodes(undefined, signal);
  if (!nodes.ok) return nodes;
  const value = nodes.value.flatMap((node) => {
    const mark = readMark(node.annotations);
    return mark ? [{ node, mark }] : [];
  });
  return { ok: true, value };
}

export function isOfRequest({ node, mark }: MarkedNode, requestId: string): boolean {
  return mark.drain === drainOf(requestId, toDrain(node));
}

/** Which request marked the node; undefined: a hook or a notice did. */
export function requestOf({ node, mark }: MarkedNode): string | undefined {
  const prefix = `${toDrain(node).instanceId}-manual-`;
  return mark.drain.startsWith(prefix) ? mark.drain.slice(prefix.length) : undefined;
}
