import type { ClusterPort } from '../cluster-port.ts';
import { drainId, type TickPorts, type TickSettings } from '../drain/session.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { readMark, stopAnnotation } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import type { TickOutput } from '../lifecycle/tick.ts';
import { type BlockedPod, checkTargets } from './check-targets.ts';
import { cordonAhead, takeBack } from './cordon-ahead.ts';
import { actionOf, type DrainRequest, executionOf, type NodeToDrain } from './drain-request.ts';
import { type EndInstancePort, endInstance } from './end-instance.ts';
import { followDrain } from './follow-drain.ts';
import { type NodeOutcome, outcomeOf } from './outcome.ts';
import { patchFresh } from './patch-node.ts';
import { runWaves } from './run-waves.ts';
import { atOnce, wavesOf } from './waves.ts';

/** What happens, as it happens. */
export type DrainEvent =
  | { kind: 'cordoned'; nodes: readonly string[] }
  | { kind: 'begun'; node: string; execution: string }
  | { kind: 'tick'; node: string; output: TickOutput }
  /** As often as the drain keeps it. */
  | { kind: 'report'; node: string; report: DrainReport }
  | { kind: 'ended'; node: string; outcome: NodeOutcome }
  | { kind: 'stopping' }
  | { kind: 'marks-left'; node: string; failure: ApiFailure };

export type Started =
  | { result: 'ended'; outcomes: NodeOutcome[] }
  | { result: 'blocked'; blocked: BlockedPod[] }
  | { result: 'refused'; node: string; doing: 'reading' | 'cordoning'; failure: ApiFailure };

export interface StartPorts {
  cluster: ClusterPort;
  /** Of the ticks; `clusters` opens the cluster above. */
  tick: TickPorts;
  settings: TickSettings;
  /** Needed where instances are to be ended, too. */
  groups?: EndInstancePort;
  on(event: DrainEvent): void;
  /** Leaves enough time to take marks back from an API server that still answers. */
  lastMoments(): AbortSignal;
}

/**
 * Drains nodes in this process: checks all of them, cordons all of them, then drains zone by zone. The first that fails is the last that
 * begins. When `stop` is aborted what is under way stops, and exactly our marks are taken back; pods that were evicted stay evicted.
 */
export async function startDrains(request: DrainRequest, ports: StartPorts, stop: AbortSignal): Promise<Started> {
  const { cluster, tick, on, settings } = ports;
  const { clock, log } = tick;
  const checked = await checkTargets(request, { cluster, clock, log, policy: settings.policy }, stop);
  if ('failure' in checked) return { result: 'refused', doing: 'reading', ...checked };
  if (checked.blocked.length > 0) return { result: 'blocked', blocked: checked.blocked };
  const cordoned = await cordonAhead(request, { cluster, clock }, stop).catch((error: unknown) => {
    if (stop.aborted) return 'stopped' as const;
    throw error;
  });
  if (cordoned === 'stopped') return { result: 'ended', outcomes: await takeAllBack(request, request.nodes, ports) };
  if ('failure' in cordoned) return { result: 'refused', doing: 'cordoning', ...cordoned };
  on({ kind: 'cordoned', nodes: request.nodes.map(({ name }) => name) });
  if (!stop.aborted) stop.addEventListener('abort', () => on({ kind: 'stopping' }), { once: true });

  const drain = (node: NodeToDrain) => drainOne(request, node, ports, stop);
  const most = atOnce(request.maxUnavailable, request.nodes.length);
  const outcomes = await runWaves(wavesOf(request.nodes), most, drain, () => stop.aborted);
  const begun = new Set(outcomes.map(({ node }) => node));
  const others = request.nodes.filter(({ name }) => !begun.has(name));
  return { result: 'ended', outcomes: [...outcomes, ...(await takeAllBack(request, others, ports))] };
}

/** Of nodes whose drain did not begin. */
async function takeAllBack(
  request: DrainRequest,
  nodes: readonly NodeToDrain[],
  { cluster, tick, lastMoments, on }: StartPorts,
): Promise<NodeOutcome[]> {
  const left = await takeBack(request, nodes, { cluster, clock: tick.clock }, lastMoments());
  for (const { node, failure } of left) on({ kind: 'marks-left', node, failure });
  return nodes.map(notBegun);
}

function notBegun({ name }: NodeToDrain): NodeOutcome {
  const text = 'not begun: its cordon is taken back';
  return { node: name, outcome: 'not-begun', end: undefined, text, report: undefined };
}

async function drainOne(
  request: DrainRequest,
  node: NodeToDrain,
  ports: StartPorts,
  stop: AbortSignal,
): Promise<NodeOutcome> {
  const { tick, settings, on } = ports;
  const action = actionOf(request, node);
  const execution = executionOf(request, node);
  const name = node.name;
  const reports: TickPorts['reports'] = {
    ...tick.reports,
    save(key, report, signal) {
      on({ kind: 'report', node: name, report });
      return tick.reports.save(key, report, signal);
    },
  };
  const onTick = (output: TickOutput) => on({ kind: 'tick', node: name, output });
  const follow = (signal: AbortSignal) =>
    followDrain(action, execution, settings, { ...tick, reports }, { onTick }, signal);
  on({ kind: 'begun', node: name, execution });
  const drained = await follow(stop)
    .catch(async (error: unknown) => {
      if (!stop.aborted) return failed(name, error);
      return callOff({ node: name, drain: drainId({ action }) }, follow, ports);
    })
    .then((done) => ('node' in done ? done : outcomeOf(name, done.end, done.report)));
  const { groups } = ports;
  const outcome = groups ? await endInstance(request, node, drained, { groups, clock: tick.clock }, stop) : drained;
  on({ kind: 'ended', node: name, outcome });
  return outcome;
}

/** The drain itself ends as it does for whoever writes this annotation: it evicts no more, takes back its marks and keeps its report. */
async function callOff(
  { node, drain }: { node: string; drain: string },
  follow: (signal: AbortSignal) => Promise<Extract<TickOutput, { status: 'done' }>>,
  { cluster, lastMoments }: StartPorts,
): Promise<Extract<TickOutput, { status: 'done' }> | NodeOutcome> {
  const signal = lastMoments();
  try {
    const isOurs = (found: NodeView) => readMark(found.annotations)?.drain === drain;
    const patch = { metadata: { annotations: { [stopAnnotation]: 'wait' } } };
    const told = await patchFresh(cluster, node, (found) => (isOurs(found) ? patch : undefined), signal);
    if ('failure' in told) throw new Error(told.failure.message);
    if (told.done === 'nothing')
      return { ...failed(node, ''), outcome: 'stopped', text: 'stopped: it has no mark of ours' };
    return await follow(signal);
  } catch (error) {
    return { ...failed(node, error), text: `stopped, but our marks stay: ${wordsOf(error)}; kubectl uncordon ${node}` };
  }
}

function failed(node: string, error: unknown): NodeOutcome {
  return { node, outcome: 'failed', end: undefined, text: `failed: ${wordsOf(error)}`, report: undefined };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
