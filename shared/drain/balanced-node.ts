import type { JudgedPod } from '../lifecycle/decide.ts';
import type { BalancedNode } from '../ports.ts';
import type { DrainPlace } from './floor.ts';
import type { Session } from './session.ts';

/**
 * The names by which load balancers may know the node and what stays on it. A pod that is gone takes its connections with it, and its
 * address may be another's; one that is evicted last leaves its load balancers only by that.
 */
export function balancedNode(
  session: Session,
  { marked, drains }: DrainPlace,
  judged: readonly JudgedPod[],
): BalancedNode {
  const staying = judged.filter(({ verdict }) => verdict.kind !== 'ignore' && verdict.code !== 'daemonset-evict-last');
  const addresses = [marked.node, ...staying.map(({ pod }) => pod)].flatMap(({ addresses = [] }) => addresses);
  return {
    instanceId: session.input.action.instanceId,
    addresses: [...new Set(addresses)],
    vpcId: session.vpcId,
    drains,
  };
}
