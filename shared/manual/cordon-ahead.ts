import type { ClusterPort } from '../cluster-port.ts';
import { drainId } from '../drain/session.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { isClaimedByOther } from '../lifecycle/claim.ts';
import { markPatch, readMark, undoPatch } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { Clock } from '../ports.ts';
import { actionOf, type DrainRequest, executionOf, type NodeToDrain } from './drain-request.ts';
import { patchFresh } from './patch-node.ts';

interface Ports {
  cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>;
  clock: Clock;
}

/**
 * Cordons every node before the first is drained, so that no pod moves onto one that is next. The load balancers keep them until their own
 * drain begins. A node that another drain has is left to it. The first refusal ends it: what was cordoned is taken back.
 */
export async function cordonAhead(
  request: DrainRequest,
  { cluster, clock }: Ports,
  signal: AbortSignal,
): Promise<{ cordoned: true } | { node: string; failure: ApiFailure }> {
  for (const [index, node] of request.nodes.entries()) {
    const result = await patchFresh(
      cluster,
      node.name,
      (found) => queuedPatch(request, node, found, clock.now()),
      signal,
    );
    if ('done' in result || result.failure.code === 404) continue;
    await takeBack(request, request.nodes.slice(0, index + 1), { cluster, clock }, signal);
    return { node: node.name, failure: result.failure };
  }
  return { cordoned: true };
}

function queuedPatch(request: DrainRequest, node: NodeToDrain, found: NodeView, now: number) {
  const action = actionOf(request, node);
  const drain = drainId({ action });
  const before = readMark(found.annotations);
  if (before && (before.drain === drain || isClaimedByOther(before, drain, now))) return undefined;
  const at = new Date(now).toISOString();
  const times = { startedAt: at, deadlineAt: at, endsAt: at, markedAt: at, seenAt: at };
  const claim = {
    drain,
    execution: executionOf(request, node),
    ...times,
    yields: true as const,
    queued: true as const,
  };
  return markPatch(found, claim, false).patch;
}

/** Takes back our marks from these nodes, and only ours; answers where that was refused. */
export async function takeBack(
  request: DrainRequest,
  nodes: readonly NodeToDrain[],
  { cluster }: Ports,
  signal: AbortSignal,
): Promise<{ node: string; failure: ApiFailure }[]> {
  const results = await Promise.all(
    nodes.map(async (node) => {
      const drain = drainId({ action: actionOf(request, node) });
      const mine = (found: NodeView) => readMark(found.annotations)?.drain === drain;
      const result = await patchFresh(
        cluster,
        node.name,
        (found) => (mine(found) ? undoPatch(found) : undefined),
        signal,
      );
      return 'failure' in result && result.failure.code !== 404 ? [{ node: node.name, failure: result.failure }] : [];
    }),
  );
  return results.flat();
}
