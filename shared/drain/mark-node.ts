import { deadlineOf, endOf } from '../lifecycle/deadline.ts';
import { abortedEnd } from '../lifecycle/ends.ts';
import { excludeLabel, type Mark, markPatch, readMark, soonerDeadline, stopAnnotation } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import type { ClusterPort, HookView } from '../ports.ts';
import { announceOnNode } from './announce.ts';
import { drainId, type Session, type Turn } from './session.ts';
import { inTrouble } from './trouble.ts';

export interface MarkedNode {
  node: NodeView;
  mark: Mark;
  /** Epoch milliseconds. */
  deadlineAt: number;
  endsAt: number;
}

/** Another drain whose last sign is older than this is dead: its claim is taken over. */
const claimMilliseconds = 600_000;
const renewMilliseconds = 120_000;
const conflictTries = 5;

/** Step 3: label, cordon and claim in one patch, before any eviction. A refused patch stops the drain. */
export async function markNode(
  session: Session,
  cluster: ClusterPort,
  found: NodeView,
  hook: HookView,
): Promise<{ turn: Turn } | MarkedNode> {
  const { ports, state, settings, budget } = session;
  let node = found;
  for (let tries = 0; tries < conflictTries; tries += 1) {
    const now = ports.clock.now();
    const before = readMark(node.annotations);
    // A first tick that was killed after its mark left no state: the drain is as old as its mark.
    if (before?.drain === drainId(session.input))
      state.startedAt = Math.min(state.startedAt, Date.parse(before.startedAt));
    const clock = {
      startedAt: state.startedAt,
      globalTimeoutSeconds: hook.globalTimeoutSeconds,
      soonerAt: soonerDeadline(node.annotations),
      policy: settings.policy,
    };
    const deadlineAt = deadlineOf(clock);
    const endsAt = endOf({ ...clock, extendedUntil: state.extendedUntil });
    const stop = stopRequest(node);
    if (stop) return { turn: { end: abortedEnd(stop) } };
    if (before && isClaimedByOther(session, before, now)) {
      const text = `${node.name} is being drained by ${before.execution}`;
      return { turn: { again: 15, phase: 'waiting-for-other-drain', text } };
    }
    if (before && isUpToDate(session, node, before, now)) return { node, mark: before, deadlineAt, endsAt };
    const claim = {
      drain: drainId(session.input),
      execution: session.input.execution,
      seenAt: iso(now),
      markedAt: iso(now),
    };
    const { patch, mark } = markPatch(node, { ...claim, startedAt: iso(state.startedAt), deadlineAt: iso(deadlineAt) });
    const answer = await cluster.patchNode(node.name, patch, budget.signal);
    if (answer.ok) {
      noteMark(session, cluster, answer.value, mark, before);
      return { node: answer.value, mark, deadlineAt, endsAt };
    }
    const { code } = answer.failure;
    if (code === 404)
      return { turn: { again: 1, phase: 'resolving', text: `${node.name} went away while it was marked` } };
    if (code !== 409) {
      const kind =
        code === 401
          ? 'not-mapped'
          : code === undefined || code >= 500 || code === 429
            ? 'cluster-unreachable'
            : 'mark-refused';
      return { turn: inTrouble(session, kind, `marking ${node.name}`, answer.failure) };
    }
    const fresh = await cluster.getNode(node.name, budget.signal);
    if (!fresh.ok) return { turn: inTrouble(session, 'cluster-unreachable', `reading ${node.name}`, fresh.failure) };
    node = fresh.value;
  }
  return { turn: { again: 2, phase: 'marking', text: `${node.name} changes faster than it can be marked` } };
}

function stopRequest(node: NodeView): 'complete' | 'wait' | undefined {
  const value = node.annotations[stopAnnotation];
  return value === 'complete' || value === 'wait' ? value : undefined;
}

/** A second hook on the same instance waits for the drain in progress and completes its own action after it. */
function isClaimedByOther(session: Session, mark: Mark, now: number): boolean {
  const fresh = now - Date.parse(mark.seenAt) < claimMilliseconds;
  return mark.drain !== drainId(session.input) && mark.ended === undefined && fresh;
}

function isUpToDate(session: Session, node: NodeView, mark: Mark, now: number): boolean {
  const mine = mark.drain === drainId(session.input) && mark.ended === undefined;
  return mine && node.unschedulable && excludeLabel in node.labels && now - Date.parse(mark.seenAt) < renewMilliseconds;
}

function noteMark(session: Session, cluster: ClusterPort, node: NodeView, mark: Mark, before: Mark | undefined): void {
  const { report, ports, state } = session;
  const now = ports.clock.now();
  report.deadlineAt = mark.deadlineAt;
  state.marked = true;
  if (before?.drain === mark.drain && before.markedAt === mark.markedAt) return;
  const again = before?.drain === mark.drain ? ' again: someone had uncordoned it' : '';
  noteEntry(
    report,
    'marked',
    `${node.name} is cordoned and leaves its load balancers${again}; deadline ${mark.deadlineAt}`,
    now,
  );
  ports.log.info('node marked', { node: node.name, deadline: mark.deadlineAt });
  announceOnNode(
    session,
    cluster,
    node,
    'Normal',
    'DrainStarted',
    `Cordoned; draining until ${mark.deadlineAt} at the latest`,
  );
}
