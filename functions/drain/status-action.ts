import { executionArn } from '../../shared/adapters/step-functions.ts';
import { fewAtOnce } from '../../shared/hooks/few-at-once.ts';
import type { ApiFailure } from '../../shared/lifecycle/api-failure.ts';
import { readMark } from '../../shared/lifecycle/mark.ts';
import { type DrainStatus, drainStatus } from '../../shared/manual/drain-status.ts';
import { isOfRequest, type MarkedNode, markedNodes, requestOf } from '../../shared/manual/marked-nodes.ts';
import { resolveTargets } from '../../shared/manual/resolve-targets.ts';
import type { PlanNode } from '../../shared/plan/snapshot.ts';
import type { RequestOf } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, StatusAnswer } from './answer.ts';
import type { Desk } from './manual-ports.ts';
import { targetOf } from './read-request.ts';
import { refuseFailure, refuseTarget } from './refuse.ts';

/** More are no screen any more, and each is two lists. */
const mostShown = 100;
const mostRequests = 10;
const asksAtOnce = 10;

/** Where drains stand: of a target, of a request, or of every node that has a mark. */
export async function statusAction(request: RequestOf<'status'>, desk: Desk): Promise<StatusAnswer | ErrorAnswer> {
  const { cluster, ports, signal } = desk;
  const found = await nodesMeant(request, desk);
  if ('error' in found) return found;
  const shown = found.nodes.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostShown);
  // One list of budgets for all of them.
  const budgets = cluster.listBudgets(signal);
  const statuses = await fewAtOnce(asksAtOnce, shown, async ({ name }) => ({
    name,
    status: await drainStatus(name, { ...ports, cluster: { ...cluster, listBudgets: () => budgets } }, signal),
  }));
  const nodes: DrainStatus[] = [];
  for (const { name, status } of statuses) {
    if ('failure' in status && status.failure.code !== 404)
      return refuseFailure('status', `reading ${name}`, status.failure);
    if (!('failure' in status)) nodes.push(status);
  }
  return {
    ...{ version: 1, action: 'status', cluster: request.cluster, nodes },
    notShown: found.nodes.length - shown.length,
    requests: await requestsOf(found.nodes, request.requestId, desk),
  };
}

/** For `status` and `stop`: the nodes that are meant. */
export async function nodesMeant(
  { action, target, requestId }: Pick<RequestOf<'status' | 'stop'>, 'action' | 'target' | 'requestId'>,
  { inventory, ports, signal }: Desk,
): Promise<{ nodes: PlanNode[] } | ErrorAnswer> {
  if (target !== undefined) {
    const resolved = await resolveTargets(targetOf(target), { inventory, groups: ports.groups }, signal);
    return resolved.found === 'nodes' ? { nodes: resolved.nodes } : refuseTarget(action, resolved);
  }
  const marked = await markedNodes(inventory, signal);
  if (!marked.ok) return refuseFailure(action, 'listing the nodes', marked.failure satisfies ApiFailure);
  const mine = requestId === undefined ? marked.value : marked.value.filter((each) => isOfRequest(each, requestId));
  return { nodes: mine.map(({ node }) => node) };
}

/** At work, then waiting, then over. */
function rank(node: PlanNode): number {
  const mark = readMark(node.annotations);
  if (!mark) return 3;
  if (mark.ended !== undefined) return 2;
  return mark.queued ? 1 : 0;
}

async function requestsOf(
  nodes: readonly PlanNode[],
  asked: string | undefined,
  { ports, settings, signal }: Desk,
): Promise<StatusAnswer['requests']> {
  const machine = settings.requestMachineArn;
  const marked = nodes.flatMap((node): MarkedNode[] => {
    const mark = readMark(node.annotations);
    return mark ? [{ node, mark }] : [];
  });
  const named = marked.map(requestOf).filter((id) => id !== undefined);
  const ids = [...new Set([...(asked === undefined ? [] : [asked]), ...named])].slice(0, mostRequests);
  return Promise.all(
    ids.map(async (requestId) => {
      const status = await ports.executions.status(requestId, machine, signal);
      return { requestId, execution: { arn: executionArn(machine, requestId), status } };
    }),
  );
}
