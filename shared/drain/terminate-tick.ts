import type { ClusterPort } from '../cluster-port.ts';
import { isHookAction } from '../lifecycle/action.ts';
import { cordonedEnd, drainedEnd, marksLeftEnd, warnedEnd } from '../lifecycle/ends.ts';
import { hostnameOf } from '../lifecycle/mark.ts';
import { nextLookSeconds } from '../lifecycle/next-look.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { TickInput, TickOutput } from '../lifecycle/tick.ts';
import type { VerdictKind } from '../lifecycle/verdict.ts';
import type { GroupView, HookView } from '../ports.ts';
import { isHookLost } from './beat-while.ts';
import { closeTick } from './close-tick.ts';
import { complete, signOff, undoMarks, withoutAction } from './complete.ts';
import { beginDeregistering } from './deregister-node.ts';
import { detach } from './detach.ts';
import { evictDaemonSets } from './evict-daemon-sets.ts';
import { evictPods } from './evict-pods.ts';
import { forcedNames } from './evict-turn.ts';
import type { DrainPlace } from './floor.ts';
import { withHeartbeats } from './heartbeat.ts';
import { takeUpReport } from './keep-report.ts';
import { markNode } from './mark-node.ts';
import { type FactBook, openFactBook } from './pod-facts.ts';
import { refuse } from './refuse.ts';
import { resolveCluster, resolveNode } from './resolve.ts';
import { openSession, type Session, type TickLimit, type TickPorts, type TickSettings, type Turn } from './session.ts';
import { type VerifiedTick, verify } from './verify.ts';

/**
 * One tick of a termination: observe, decide, act, then `done` or `again in N s`. Killing it anywhere and running it again is right: all
 * that matters is in Kubernetes and in Auto Scaling. Throws for what it cannot explain; the state machine tries again.
 */
export async function terminateTick(
  input: TickInput,
  settings: TickSettings,
  ports: TickPorts,
  limit: TickLimit,
): Promise<TickOutput> {
  const session = openSession(input, settings, ports, limit);
  const verified = await verify(session);
  if (!isIgnored(verified)) await takeUpReport(session);
  if ('turn' in verified) return closeTick(session, verified.undo ? await undo(session, verified.turn) : verified.turn);
  return closeTick(session, await withHeartbeats(session, () => work(session, verified)));
}

function isIgnored(verified: VerifiedTick): boolean {
  return 'turn' in verified && 'end' in verified.turn && verified.turn.end.reason === 'ignored';
}

async function work(
  session: Session,
  { group, hook }: { group: GroupView | undefined; hook: HookView | undefined },
): Promise<Turn> {
  const opened = await resolveCluster(session, group, hook);
  if ('turn' in opened) return finish(session, opened.turn);
  const { cluster } = opened;
  const found = await resolveNode(session, cluster);
  if ('turn' in found) return finish(session, found.turn);
  const { node } = found;
  const { notice } = session;
  if (notice?.does === 'warn')
    return finish(session, { end: warnedEnd(notice.text) }, { cluster, nodeName: node.name });
  const facts = openFactBook(cluster, hostnameOf(node), session.ports.log);
  const turn = (await refuse(session, { cluster, node, facts })) ?? (await markAndDrain(session, cluster, node, facts));
  return finish(session, isBlocked(turn) || isCalledOff(session, turn) ? await undo(session, turn) : turn, {
    cluster,
    nodeName: node.name,
  });
}

function isBlocked(turn: Turn): boolean {
  return 'end' in turn && turn.end.code === 'blocked';
}

/** Somebody stopped what was asked for by a notice, and the instance may stay. */
function isCalledOff({ notice }: Session, turn: Turn): boolean {
  return notice !== undefined && !notice.certain && 'end' in turn && turn.end.reason === 'aborted';
}

async function markAndDrain(session: Session, cluster: ClusterPort, node: NodeView, facts: FactBook): Promise<Turn> {
  const marked = await markNode(session, cluster, node);
  if ('turn' in marked) return marked.turn;
  if (session.notice?.does === 'cordon') return { end: cordonedEnd(node.name) };
  return drain(session, { cluster, marked, facts });
}

/** Steps 4 to 6; a pod that arrives while volumes detach is evicted, too. */
async function drain(session: Session, where: Omit<DrainPlace, 'share' | 'drains'>): Promise<Turn> {
  const place: DrainPlace = { ...where, share: 1, drains: 1 };
  beginDeregistering(session, place);
  for (;;) {
    const evicted = await evictPods(session, place);
    if (evicted !== 'empty') return evicted.turn;
    const detached = await detach(session, place);
    if ('turn' in detached) return detached.turn;
    if ('arrived' in detached) continue;
    if (await evictDaemonSets(session, place, detached.judged)) continue; // a last look
    const named = (kind: VerdictKind) =>
      detached.judged.filter(({ verdict }) => verdict.kind === kind).map(({ pod }) => `${pod.namespace}/${pod.name}`);
    const { attached, kept } = detached;
    const left = { stuck: named('stuck'), bounced: named('bounce'), attached, kept };
    return { end: drainedEnd({ forced: forcedNames(session, place.marked.mark), ...left }) };
  }
}

/** Completes the action where the turn is an end, and signs off on the node. */
async function finish(session: Session, turn: Turn, where?: { cluster: ClusterPort; nodeName: string }): Promise<Turn> {
  const { action } = session.input;
  let done = 'end' in turn ? await complete(session, turn.end) : turn;
  if ('again' in done && isHookAction(action) && isHookLost(session)) done = await withoutAction(session, action);
  if (where && 'end' in done) await signOff(session, where.cluster, where.nodeName, done.end);
  return done;
}

/** The instance is in service again, or a manual drain is refused: the node is left as it was found. */
async function undo(session: Session, turn: Turn): Promise<Turn> {
  const { state, ports, limit, settings } = session;
  const { clusterName, nodeName } = state;
  if (clusterName === null || nodeName === null) return turn;
  const lookup = await ports.clusters.open(clusterName, limit.signal);
  const obstacle = lookup.found === 'gone' ? undefined : await undoMarks(session, lookup.cluster, nodeName);
  if (obstacle === undefined) return turn;
  const now = ports.clock.now();
  state.troubleSince ??= now;
  state.troubleKind = 'mark-refused';
  ports.log.error('marks not taken back', { node: nodeName, error: obstacle });
  if (now - state.troubleSince >= settings.policy.unreachableSeconds * 1000)
    return {
      end: marksLeftEnd(
        nodeName,
        obstacle,
        isBlocked(turn) ? 'the drain is refused' : isCalledOff(session, turn) ? 'the drain was stopped' : undefined,
      ),
    };
  return {
    again: nextLookSeconds(state.troubleSince, [], now),
    phase: 'done',
    text: `taking back our marks on ${nodeName}: ${obstacle}`,
  };
}
