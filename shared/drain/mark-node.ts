import type { ClusterPort } from '../cluster-port.ts';
import { isHookAction } from '../lifecycle/action.ts';
import { isClaimedByOther, isUpToDate, stopRequest } from '../lifecycle/claim.ts';
import { abortedEnd } from '../lifecycle/ends.ts';
import { type Mark, markPatch, readMark } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import type { TickState } from '../lifecycle/tick.ts';
import { hasReturned } from '../lifecycle/verify-action.ts';
import { announceOnNode } from './announce.ts';
import { besideOther } from './beside-other.ts';
import { undoMarks } from './complete.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session, type Turn } from './session.ts';
import { timesOf } from './times.ts';
import { inTrouble } from './trouble.ts';
import { isSettled } from './unanswered-mark.ts';

export interface MarkedNode {
  node: NodeView;
  mark: Mark;
  /** When we last looked at the node; epoch milliseconds. */
  lookedAt: number;
  /** From when on the cordon certainly stands; epoch milliseconds. */
  cordonedAt: number;
}

const conflictTries = 5;

/** Step 3: label, cordon and claim in one patch, before any eviction. A refused patch stops the drain. */
export async function markNode(
  session: Session,
  cluster: ClusterPort,
  found: NodeView,
): Promise<{ turn: Turn } | MarkedNode> {
  const { ports, state, limit, input } = session;
  const drain = drainId(input);
  let node = found;
  for (let tries = 0; tries < conflictTries; tries += 1) {
    const now = ports.clock.now();
    const before = readMark(node.annotations);
    if (before?.drain === drain && !before.queued) takeUp(session, before);
    const { deadlineAt, endsAt } = timesOf(session, node.annotations);
    const stop = stopRequest(node);
    if (stop) return { turn: { end: abortedEnd(session.notice ? 'no-hook' : stop) } };
    if (before && isClaimedByOther(before, drain, now) && (session.notice || now < endsAt)) {
      const turn = await besideOther(session, cluster, node, before);
      if (turn) return { turn };
    }
    if (before && isUpToDate(node, before, drain, endsAt, now)) {
      return { node, mark: before, lookedAt: now, cordonedAt: cordonedSince(state, before, now) };
    }
    const times = { seenAt: iso(now), markedAt: iso(now), deadlineAt: iso(deadlineAt), endsAt: iso(endsAt) };
    const yields = session.notice && !session.notice.certain ? { yields: true as const } : {};
    const claim = { drain, execution: input.execution, startedAt: iso(state.startedAt), ...times, ...yields };
    const { patch, mark } = markPatch(node, claim, session.notice?.does !== 'cordon');
    state.markSentAt = now;
    const answer = await cluster.patchNode(node.name, patch, limit.signal);
    if (isSettled(answer)) state.markSentAt = null;
    if (answer.ok) {
      const answeredAt = ports.clock.now();
      await noteMark(session, cluster, answer.value, mark, before);
      const returned = before?.drain === drain ? undefined : await unmarkReturned(session, cluster, node.name);
      if (returned) return { turn: returned };
      return { node: answer.value, mark, lookedAt: answeredAt, cordonedAt: cordonedSince(state, mark, answeredAt) };
    }
    const { code } = answer.failure;
    if (code === 404)
      return { turn: { again: 1, phase: 'resolving', text: `${node.name} went away while it was marked` } };
    if (code !== 409) return { turn: inTrouble(session, markTrouble(code), `marking ${node.name}`, answer.failure) };
    const fresh = await cluster.getNode(node.name, limit.signal);
    if (!fresh.ok) return { turn: inTrouble(session, 'cluster-unreachable', `reading ${node.name}`, fresh.failure) };
    node = fresh.value;
  }
  return { turn: { again: 2, phase: 'marking', text: `${node.name} changes faster than it can be marked` } };
}

/**
 * A tick that is not the only one of its drain, or that stood still, may mark a node after another has taken the marks back: whoever marks
 * looks once more whether the instance is still leaving.
 */
async function unmarkReturned(session: Session, cluster: ClusterPort, nodeName: string): Promise<Turn | undefined> {
  const { ports, limit } = session;
  const { action } = session.input;
  if (!isHookAction(action)) return undefined;
  const instance = await ports.autoScaling.describeInstance(action.instanceId, limit.signal);
  if (!instance || !hasReturned(action, instance.lifecycleState)) return undefined;
  await undoMarks(session, cluster, nodeName);
  return { again: 1, phase: 'marking', text: `the instance is ${instance.lifecycleState}: it is not drained` };
}

/**
 * A patch may take effect long after it was sent, and its answer may be lost: then the cordon stands since it was seen. Who came before
 * that is no bounce.
 */
function cordonedSince(state: TickState, { markedAt }: Mark, now: number): number {
  if (state.cordonedAt === null || state.cordonedAt < Date.parse(markedAt)) state.cordonedAt = now;
  return state.cordonedAt;
}

/** What a tick that was killed did not get to say: the drain is as old as its mark, and its end may have moved. */
function takeUp({ state }: Session, mark: Mark): void {
  state.startedAt = Math.min(state.startedAt, Date.parse(mark.startedAt));
  const endsAt = Date.parse(mark.endsAt);
  if (endsAt > Date.parse(mark.deadlineAt)) state.extendedUntil = Math.max(state.extendedUntil ?? 0, endsAt);
}

function markTrouble(code: number | undefined): 'not-mapped' | 'cluster-unreachable' | 'mark-refused' {
  if (code === 401) return 'not-mapped';
  return code === undefined || code >= 500 || code === 429 ? 'cluster-unreachable' : 'mark-refused';
}

async function noteMark(
  session: Session,
  cluster: ClusterPort,
  node: NodeView,
  mark: Mark,
  before: Mark | undefined,
): Promise<void> {
  const { report, ports, state } = session;
  report.deadlineAt = mark.deadlineAt;
  state.marked = true;
  const isOurs = before?.drain === mark.drain && !before.queued;
  if (isOurs && before.markedAt === mark.markedAt) return;
  const again = isOurs ? ' again: someone had uncordoned it' : '';
  const cordonsOnly = session.notice?.does === 'cordon';
  const does = cordonsOnly ? '; its pods stay' : ` and leaves its load balancers${again}; deadline ${mark.deadlineAt}`;
  noteEntry(report, 'marked', `${node.name} is cordoned${does}`, ports.clock.now());
  if (!again) tellOptionProblems(session, cluster, node);
  const seconds = (ports.clock.now() - state.startedAt) / 1000;
  if (!again) ports.metrics.add('TimeToCordon', 'Seconds', seconds);
  ports.log.info('node marked', { node: node.name, deadline: mark.deadlineAt, seconds });
  const why = session.notice ? ` since ${session.notice.text}` : '';
  const until = cordonsOnly ? 'its pods stay' : `draining until ${mark.deadlineAt} at the latest`;
  announceOnNode(session, cluster, node, 'Normal', 'DrainStarted', `Cordoned${why}; ${until}`);
  await keepReport(session);
}

/** Whoever wrote the hook is to learn what of it does not hold. What is no option of ours may be another's: it is told, and wakes nobody. */
function tellOptionProblems(session: Session, cluster: ClusterPort, node: NodeView): void {
  const { optionProblems, unknownOptions, report, ports } = session;
  const isBad = optionProblems.length > 0;
  if (!isBad && unknownOptions.length === 0) return;
  const others = unknownOptions.length > 0 ? [`not options of ours: ${unknownOptions.join(', ')}`] : [];
  const text = `NotificationMetadata of the hook: ${[...optionProblems, ...others].join('; ')}`;
  noteEntry(report, 'hook-options', text, ports.clock.now());
  announceOnNode(session, cluster, node, isBad ? 'Warning' : 'Normal', 'HookOptionsUnusable', text);
  if (!isBad) return;
  ports.log.error('hook options unusable', { problems: optionProblems });
  ports.metrics.add('HookOptionsUnusable', 'Count', 1);
}
