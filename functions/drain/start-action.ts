import { executionArn } from '../../shared/adapters/step-functions.ts';
import { checkTargets } from '../../shared/manual/check-targets.ts';
import { cordonAhead } from '../../shared/manual/cordon-ahead.ts';
import type { DrainRequest } from '../../shared/manual/drain-request.ts';
import { dryRun } from '../../shared/manual/dry-run.ts';
import { toDrain } from '../../shared/manual/node-to-drain.ts';
import { resolveTargets } from '../../shared/manual/resolve-targets.ts';
import { takeBackQueued } from '../../shared/manual/take-back-queued.ts';
import { atOnce, wavesOf } from '../../shared/manual/waves.ts';
import type { ExecutionStatus } from '../../shared/ports.ts';
import type { RequestOf } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, StartAnswer } from './answer.ts';
import type { Desk } from './manual-ports.ts';
import { askedOptions, targetOf } from './read-request.ts';
import { refuse, refuseFailure, refuseSo, refuseTarget } from './refuse.ts';
import { requestInput } from './request-input.ts';

/** An inline Map runs no more at once. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const mostAtOnce = 40;
const mostBlockedShown = 100;
/** What is left when Lambda is about to end us. */
const lastMilliseconds = 4_000;

/** Checks all nodes, cordons all of them, and starts the execution that drains them: as `enl drain start` does in its own process. */
export async function startAction(
  request: RequestOf<'start'>,
  requestId: string,
  desk: Desk,
): Promise<StartAnswer | ErrorAnswer> {
  const { inventory, ports, settings, signal } = desk;
  const machine = settings.requestMachineArn;
  const isDry = request.dryRun !== undefined;
  const before = isDry ? 'missing' : await ports.executions.status(requestId, machine, signal);
  if (before !== 'missing') return again(request, requestId, before, machine);
  const resolved = await resolveTargets(targetOf(request.target), { inventory, groups: ports.groups }, signal);
  if (resolved.found !== 'nodes') return refuseTarget('start', resolved);
  const nodes = resolved.nodes.map(toDrain);
  const { terminate = false, decrement = false } = request;
  const bare = nodes.find(({ instanceId, name }) => terminate && instanceId === name);
  if (bare)
    return refuse(
      'start',
      'no-instance',
      `${bare.name} is no EC2 instance that could be ended`,
      'Leave terminate out.',
    );
  const tooMany = refuseSo('start', nodes.length);
  if (tooMany) return tooMany;

  const [, , , region = '', account = ''] = machine.split(':');
  const asked: DrainRequest = {
    ...{ requestId, requestedBy: request.requestedBy, account, region, cluster: request.cluster, nodes },
    options: askedOptions(request, settings.policy),
    maxUnavailable: request.maxUnavailable ?? 1,
    ...(terminate ? { terminate: { decrement } } : {}),
  };
  const waves = wavesOf(nodes);
  const most = Math.min(atOnce(asked.maxUnavailable, nodes.length), mostAtOnce);
  const answer: StartAnswer = {
    ...{ version: 1, action: 'start', requestId, cluster: request.cluster },
    waves: waves.map((wave) => wave.nodes.map(({ name }) => name)),
    maxUnavailable: most,
    withoutNode: resolved.withoutNode,
  };
  if (request.dryRun === 'server') return askServer(asked, answer, desk);
  const refusal = await forbidden(asked, desk);
  if (refusal) return refusal;
  if (request.dryRun === 'client') return { ...answer, dryRun: 'client' };

  const started = await begin(asked, () => requestInput(asked, waves, most), desk);
  return typeof started === 'string' ? withExecution(answer, machine, started) : started;
}

/** Nothing is started twice under one id. */
function again(
  { cluster }: RequestOf<'start'>,
  requestId: string,
  status: ExecutionStatus,
  machine: string,
): StartAnswer | ErrorAnswer {
  if (status !== 'RUNNING') {
    const text = `request ${requestId} has ended (${status})`;
    return { ...refuse('start', 'request-over', text, 'Ask under another requestId, or without one.'), requestId };
  }
  const answer: StartAnswer = { version: 1, action: 'start', requestId, cluster, joined: true };
  return withExecution(answer, machine, status);
}

function withExecution(answer: StartAnswer, machine: string, status: ExecutionStatus): StartAnswer {
  return { ...answer, execution: { arn: executionArn(machine, answer.requestId), status } };
}

async function askServer(asked: DrainRequest, answer: StartAnswer, desk: Desk): Promise<StartAnswer | ErrorAnswer> {
  const { cluster, ports, settings, signal } = desk;
  const tried = await dryRun(asked, { cluster, clock: ports.clock, log: ports.log, policy: settings.policy }, signal);
  if ('failure' in tried) return refuseFailure('start', `reading ${tried.node}`, tried.failure);
  return { ...answer, dryRun: 'server', lines: tried.lines };
}

async function forbidden(asked: DrainRequest, desk: Desk): Promise<ErrorAnswer | undefined> {
  const { cluster, ports, settings, signal } = desk;
  const { clock, log } = ports;
  const checked = await checkTargets(asked, { cluster, clock, log, policy: settings.policy }, signal);
  if ('failure' in checked) return refuseFailure('start', `reading ${checked.node}`, checked.failure);
  const { blocked } = checked;
  const [first] = blocked;
  if (!first) return undefined;
  const many = blocked.length === 1 ? 'a pod forbids' : `${blocked.length} pods forbid`;
  const text = `${many} it, and nothing was changed; the first: ${first.namespace}/${first.name} on ${first.node}, ${first.reason}`;
  const next =
    'force and deleteEmptyDirData let such pods go where that is meant; "action": "plan" says which needs what.';
  return { ...refuse('start', 'blocked', text, next), blocked: blocked.slice(0, mostBlockedShown) };
}

/** Cordons that nothing would follow are taken back, and so is what an execution then finds: it begins no drain without them. */
async function begin(asked: DrainRequest, input: () => unknown, desk: Desk): Promise<ExecutionStatus | ErrorAnswer> {
  const { cluster, ports, settings, signal } = desk;
  const { requestId } = asked;
  try {
    const cordoned = await cordonAhead(asked, { cluster, clock: ports.clock }, signal);
    if ('failure' in cordoned) return refuseFailure('start', `cordoning ${cordoned.node}`, cordoned.failure);
    await ports.executions.start(requestId, settings.requestMachineArn, input(), signal);
    return 'RUNNING';
  } catch (error) {
    await takeBackQueued(requestId, desk, AbortSignal.timeout(lastMilliseconds)).catch((cause: unknown) => {
      throw new AggregateError(
        [error, cause],
        `starting request ${requestId}: ${error}; its cordons stay: stop it by its requestId`,
      );
    });
    throw error;
  }
}
