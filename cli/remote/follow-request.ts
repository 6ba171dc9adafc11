import { outcomeOfMark } from '../../shared/manual/begin-drain.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { NodeOutcome } from '../../shared/manual/outcome.ts';
import type { ExecutionStatus } from '../../shared/ports.ts';
import { watchStatuses } from '../drain/watch-statuses.ts';
import { openLive } from '../output/live.ts';
import { type AskFunction, RefusedError } from './ask-function.ts';

/** Each is an invocation. */
export const remoteLookMilliseconds = 5_000;

interface Followed {
  status: ExecutionStatus;
  outcomes: NodeOutcome[];
}

/** Shows a request on stderr until its execution is over. `nodes`: undefined, if nobody said which; those that are seen then. */
export async function followRequest(
  ask: AskFunction,
  { requestId, cluster, nodes }: { requestId: string; cluster: string; nodes: readonly string[] | undefined },
  signal: AbortSignal,
): Promise<Followed> {
  const seen = new Map<string, DrainStatus>();
  let status: ExecutionStatus = 'RUNNING';
  const look = async () => {
    const answer = await ask<'status'>({ action: 'status', cluster, requestId }, signal);
    status = answer.requests.find((each) => each.requestId === requestId)?.execution.status ?? 'missing';
    for (const drain of answer.nodes) seen.set(drain.node, drain);
    return { drains: answer.nodes, isOver: status !== 'RUNNING' && status !== 'PENDING_REDRIVE' };
  };
  const live = openLive(process.stderr);
  try {
    await watchStatuses(look, { live, lookMilliseconds: remoteLookMilliseconds }, signal);
  } finally {
    live.close();
  }
  const outcomes: NodeOutcome[] = [];
  for (const node of nodes ?? seen.keys())
    outcomes.push(await outcomeNow(node, seen.get(node), { ask, cluster }, signal));
  return { status, outcomes };
}

/** By its mark; a node without one has either gone or been given back. */
async function outcomeNow(
  node: string,
  before: DrainStatus | undefined,
  { ask, cluster }: { ask: AskFunction; cluster: string },
  signal: AbortSignal,
): Promise<NodeOutcome> {
  const found = await ask<'status'>({ action: 'status', cluster, target: { node } }, signal).catch((error: unknown) => {
    if (error instanceof RefusedError && error.refusal.error.code === 'no-node') return { nodes: [] };
    throw error;
  });
  const [now] = found.nodes;
  if (!now) return outcome(node, 'drained', 'its node is gone');
  if (now.ended !== undefined) return { ...outcomeOfMark(node, now.ended), text: now.ended };
  if (now.phase !== 'none') return outcome(node, 'failed', `its drain has not ended: ${now.phase}`);
  const hadBegun = before !== undefined && before.phase !== 'queued';
  return hadBegun
    ? outcome(node, 'stopped', 'our marks are taken back')
    : outcome(node, 'not-begun', 'its cordon is taken back');
}

function outcome(node: string, is: NodeOutcome['outcome'], text: string): NodeOutcome {
  return { node, outcome: is, text, end: undefined, report: undefined };
}
