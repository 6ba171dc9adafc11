import type { ClusterPort } from '../cluster-port.ts';
import type { End } from '../lifecycle/end.ts';
import { noNodeEnd } from '../lifecycle/ends.ts';
import { readMark } from '../lifecycle/mark.ts';
import type { Clock, ExecutionStatus } from '../ports.ts';
import { ofOther, outcomeOfMark } from './begin-drain.ts';
import { type CommonRequest, executionOf, type NodeToDrain } from './drain-request.ts';
import { askToEnd, type EndInstancePort } from './end-instance.ts';
import { type NodeResult, resultOf } from './node-result.ts';
import { drainOf } from './node-to-drain.ts';
import { type NodeOutcome, outcomeOf } from './outcome.ts';
import { type TakeBackPorts, takeBackQueued } from './take-back-queued.ts';

/** `again`: it is not over, or Auto Scaling is busy. */
export type Judged = { status: 'done'; outcome: NodeResult } | { status: 'again'; waitSeconds: number; tries: number };

/** What the execution of the drain answered, as far as it says how it ended. */
export type DrainOutput = { end: End; report: string | null } | null;

export interface JudgePorts extends TakeBackPorts {
  cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>;
  groups: EndInstancePort;
  clock: Pick<Clock, 'now'>;
  /** Of the drain's execution. */
  statusOf(execution: string, signal: AbortSignal): Promise<ExecutionStatus>;
}

/** A drain whose history was full goes on for hours in another execution: few looks leave room in ours. */
const goesOnSeconds = 300;
const runsStillSeconds = 30;
const busySeconds = 30;
const mostTries = 20;
/** As long as another drain believes a mark. */
const silentMilliseconds = 600_000;

/**
 * What became of a drain, by its own answer, else by its node and its execution. One that is drained is ended, where that was asked for; after
 * any other no drain of the request begins. Throws what it cannot explain, and is right when it is asked again.
 */
export async function judgeDrain(
  request: CommonRequest,
  node: NodeToDrain,
  { output, tries }: { output: DrainOutput; tries: number },
  ports: JudgePorts,
  signal: AbortSignal,
): Promise<Judged> {
  const drained = output
    ? outcomeOf(node.name, output.end, output.report)
    : await lookFor(request, node, ports, signal);
  if ('waitSeconds' in drained) return { status: 'again', ...drained, tries };
  const ended =
    'end' in drained
      ? await askToEnd(request, node, drained, { groups: ports.groups, isLast: tries + 1 >= mostTries }, signal)
      : drained;
  if (ended === 'busy') return { status: 'again', waitSeconds: busySeconds, tries: tries + 1 };
  const outcome = 'end' in ended ? resultOf(ended) : ended;
  if (outcome.outcome !== 'drained') await takeBackQueued(request.requestId, ports, signal, node.name);
  return { status: 'done', outcome };
}

async function lookFor(
  request: CommonRequest,
  node: NodeToDrain,
  { cluster, clock, statusOf }: JudgePorts,
  signal: AbortSignal,
): Promise<NodeOutcome | NodeResult | { waitSeconds: number }> {
  const found = await cluster.getNode(node.name, signal);
  if (!found.ok) {
    if (found.failure.code === 404) return outcomeOf(node.name, noNodeEnd(node.instanceId), null);
    throw new Error(`reading ${node.name}: ${found.failure.message}`);
  }
  const execution = executionOf(request, node);
  const status = await statusOf(execution, signal);
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { waitSeconds: runsStillSeconds };
  const mark = readMark(found.value.annotations);
  if (!mark) return unmarked(node.name, `its drain ${execution} has ended and taken its marks back`);
  if (mark.drain !== drainOf(request.requestId, node)) return ofOther(node.name, mark);
  if (mark.ended !== undefined) return outcomeOfMark(node.name, mark.ended);
  const isSilent = clock.now() - Date.parse(mark.seenAt) >= silentMilliseconds;
  // Its history was full: it goes on under another name.
  if (status === 'SUCCEEDED' && !isSilent) return { waitSeconds: goesOnSeconds };
  return failed(
    node.name,
    `its drain ${execution} is ${status === 'SUCCEEDED' ? 'silent' : status}; it stays cordoned`,
  );
}

function unmarked(node: string, text: string): NodeOutcome {
  return { node, outcome: 'stopped', end: undefined, text: `stopped: ${text}`, report: undefined };
}

function failed(node: string, text: string): NodeOutcome {
  return { node, outcome: 'failed', end: undefined, text: `failed: ${text}`, report: undefined };
}
