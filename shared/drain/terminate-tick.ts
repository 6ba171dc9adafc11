import type { ClusterPort } from '../cluster-port.ts';
import { alreadyResolvedEnd, drainedEnd, marksLeftEnd } from '../lifecycle/ends.ts';
import { shareOf } from '../lifecycle/eviction-room.ts';
import { hostnameOf, readMark } from '../lifecycle/mark.ts';
import { nextLookSeconds } from '../lifecycle/next-look.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { TickInput, TickOutput } from '../lifecycle/tick.ts';
import type { VerdictKind } from '../lifecycle/verdict.ts';
import type { GroupView, HookView } from '../ports.ts';
import { closeTick } from './close-tick.ts';
import { complete, isHookLost, signOff, undoMarks } from './complete.ts';
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

async function work(session: Session, { group, hook }: { group: GroupView; hook: HookView }): Promise<Turn> {
  const opened = await resolveCluster(session, group, hook);
  if ('turn' in opened) return finish(session, opened.turn);
  const { cluster } = opened;
  const found = await resolveNode(session, cluster);
  if ('turn' in found) return finish(session, found.turn);
  const { node } = found;
  const facts = openFactBook(cluster, hostnameOf(node), session.ports.log);
  const turn = (await refuse(session, { cluster, node, facts })) ?? (await markAndDrain(session, cluster, node, facts));
  return finish(session, isBlocked(turn) ? await undo(session, turn) : turn, { cluster, nodeName: node.name });
}

function isBlocked(turn: Turn): boolean {
  return 'end' in turn && turn.end.code === 'blocked';
}

async function markAndDrain(session: Session, cluster: ClusterPort, node: NodeView, facts: FactBook): Promise<Turn> {
  const marked = await markNode(session, cluster, node);
  return 'turn' in marked ? marked.turn : drain(session, { cluster, marked, facts });
}

/** Steps 4 to 6; a pod that arrives while volumes detach is evicted, too. */
async function drain(session: Session, where: Omit<DrainPlace, 'share'>): Promise<Turn> {
  const place: DrainPlace = { ...where, share: await fairShare(session, where.cluster) };
  for (;;) {
    const evicted = await evictPods(session, place);
    if (evicted !== 'empty') return evicted.turn;
    const detached = await detach(session, place);
    if ('turn' in detached) return detached.turn;
    if ('arrived' in detached) continue;
    if (await evictDaemonSets(session, place, detached.judged)) continue; // a last look
    const named = (kind: VerdictKind) =>
      detached.judged.filter(({ verdict }) => verdict.kind === kind).map(({ pod }) => `${pod.namespace}/${pod.name}`);
    const left = { stuck: named('stuck'), bounced: named('bounce') };
    return {
      end: drainedEnd({ forced: forcedNames(session, place.marked.mark), attached: detached.attached, ...left }),
    };
  }
}

/** Of the cluster's evictions in flight; all of them when the other drains cannot be counted. */
async function fairShare({ ports, settings, limit }: Session, cluster: ClusterPort): Promise<number> {
  const nodes = await cluster.listMarkedNodes(limit.signal);
  if (!nodes.ok) ports.log.warn('other drains not counted', { error: nodes.failure.message });
  const draining = nodes.ok ? nodes.value.filter(({ annotations }) => isDraining(annotations)).length : 1;
  return shareOf(settings.policy.maxInFlight, draining);
}

function isDraining(annotations: Readonly<Record<string, string>>): boolean {
  const mark = readMark(annotations);
  return mark !== undefined && mark.ended === undefined;
}

/** Completes the action where the turn is an end, and signs off on the node. */
async function finish(session: Session, turn: Turn, where?: { cluster: ClusterPort; nodeName: string }): Promise<Turn> {
  let done = 'end' in turn ? await complete(session, turn.end) : turn;
  if ('again' in done && isHookLost(session)) {
    done = { end: alreadyResolvedEnd('our lifecycle action is no longer active; the instance waits for another hook') };
  }
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
    return { end: marksLeftEnd(nodeName, obstacle, isBlocked(turn) ? 'the drain is refused' : undefined) };
  return {
    again: nextLookSeconds(state.troubleSince, [], now),
    phase: 'done',
    text: `taking back our marks on ${nodeName}: ${obstacle}`,
  };
}
