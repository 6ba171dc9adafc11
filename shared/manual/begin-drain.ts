import type { ClusterPort } from '../cluster-port.ts';
import type { ManualAction } from '../lifecycle/action.ts';
import type { EndReason } from '../lifecycle/end.ts';
import { noNodeEnd } from '../lifecycle/ends.ts';
import { drainAnnotation, type Mark, readMark } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { Clock } from '../ports.ts';
import { actionOf, type CommonRequest, executionOf, type NodeToDrain } from './drain-request.ts';
import { type NodeResult, resultOf } from './node-result.ts';
import { drainOf } from './node-to-drain.ts';
import { type NodeOutcome, outcomeOf } from './outcome.ts';
import { patchFresh } from './patch-node.ts';

export type Begun = { status: 'go'; action: ManualAction; execution: string } | { status: 'done'; outcome: NodeResult };

/**
 * May the drain of this node begin? Its mark, set ahead, is the permission: whoever stops the request, or finds that another node of it has
 * failed, takes it away. From here on the drain itself is told to stop. Asked again it answers the same. Throws when the cluster does not say.
 */
export async function beginDrain(
  request: CommonRequest,
  node: NodeToDrain,
  { cluster, clock }: { cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>; clock: Pick<Clock, 'now'> },
  signal: AbortSignal,
): Promise<Begun> {
  const drain = drainOf(request.requestId, node);
  let mark: Mark | undefined;
  const patchOf = (found: NodeView) => {
    mark = readMark(found.annotations);
    if (mark?.drain !== drain || !mark.queued || mark.begins) return undefined;
    const begun: Mark = { ...mark, begins: true, seenAt: new Date(clock.now()).toISOString() };
    const { resourceVersion } = found;
    return { metadata: { resourceVersion, annotations: { [drainAnnotation]: JSON.stringify(begun) } } };
  };
  const result = await patchFresh(cluster, node.name, patchOf, signal);
  if ('failure' in result) {
    if (result.failure.code === 404) return done(resultOf(outcomeOf(node.name, noNodeEnd(node.instanceId), null)));
    throw new Error(`beginning the drain of ${node.name}: ${result.failure.message}`);
  }
  if (!mark) {
    const text = 'not begun: the request was stopped, or another of its nodes was not drained';
    return done({ node: node.name, outcome: 'not-begun', text });
  }
  if (mark.drain !== drain) return done(ofOther(node.name, mark));
  return { status: 'go', action: actionOf(request, node), execution: executionOf(request, node) };
}

/** Two drains of one node would not drain it better; one that ended otherwise than it should has left it to somebody. */
export function ofOther(node: string, { execution, ended }: Mark): NodeResult {
  const isOver = ended !== undefined;
  const text = isOver ? `${ended}: the drain ${execution} of it is over` : `handed-over: ${execution} drains it`;
  const outcome = isOver ? outcomeOfMark(node, ended).outcome : 'drained';
  return { node, outcome, text, reason: isOver ? (ended as EndReason) : 'handed-over' };
}

/** What a node's mark tells of the end of its drain. */
export function outcomeOfMark(node: string, ended: string): NodeOutcome {
  const text = 'its node says so';
  return outcomeOf(node, { reason: ended as EndReason, completion: null, text, alarm: false }, null);
}

const done = (outcome: NodeResult): Begun => ({ status: 'done', outcome });
