import { abortedEnd, drainedEnd } from '../lifecycle/ends.ts';
import { shareOf } from '../lifecycle/eviction-room.ts';
import { hostnameOf, readMark } from '../lifecycle/mark.ts';
import { iso, noteSeen } from '../lifecycle/report-draft.ts';
import type { TickInput, TickOutput } from '../lifecycle/tick.ts';
import type { ClusterPort, GroupView, HookView } from '../ports.ts';
import { closeTick } from './close-tick.ts';
import { complete, signOff, undoMarks } from './complete.ts';
import { detach } from './detach.ts';
import { evictDaemonSets } from './evict-daemon-sets.ts';
import { evictPods } from './evict-pods.ts';
import { forcedNames } from './evict-turn.ts';
import { withHeartbeats } from './heartbeat.ts';
import { type MarkedNode, markNode } from './mark-node.ts';
import { openFactBook } from './pod-facts.ts';
import { resolveCluster, resolveNode } from './resolve.ts';
import {
  openSession,
  type Session,
  type TickBudget,
  type TickPorts,
  type TickSettings,
  type Turn,
  takeUpReport,
} from './session.ts';
import { type VerifiedTick, verify } from './verify.ts';

/**
 * One tick of a termination: observe, decide, act, then `done` or `again in N s`. Killing it anywhere and running it again is right: all
 * that matters is in Kubernetes and in Auto Scaling. Throws for what it cannot explain; the state machine tries again.
 */
export async function terminateTick(
  input: TickInput,
  settings: TickSettings,
  ports: TickPorts,
  budget: TickBudget,
): Promise<TickOutput> {
  const session = openSession(input, settings, ports, budget);
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
  const marked = await markNode(session, cluster, found.node, hook);
  if ('turn' in marked) return finish(session, marked.turn, { cluster, nodeName: found.node.name });
  const turn = await drain(session, cluster, marked, hook);
  return finish(session, turn, { cluster, nodeName: marked.node.name });
}

/** Steps 4 to 6; a pod that arrives while volumes detach is evicted, too. */
async function drain(session: Session, cluster: ClusterPort, marked: MarkedNode, hook: HookView): Promise<Turn> {
  const facts = openFactBook(cluster, hostnameOf(marked.node), session.ports.log);
  const share = await fairShare(session, cluster);
  for (;;) {
    const evicted = await evictPods(session, { cluster, marked, hook, facts, share });
    if (evicted !== 'empty') return evicted.turn;
    const detached = await detach(session, { cluster, marked, facts });
    if ('turn' in detached) return detached.turn;
    if ('arrived' in detached) continue;
    noteSeen(session.report, detached.judged, session.ports.clock.now());
    await evictDaemonSets(session, cluster, marked, detached.judged);
    const stuck = detached.judged
      .filter(({ verdict }) => verdict.kind === 'stuck')
      .map(({ pod }) => `${pod.namespace}/${pod.name}`);
    return { end: drainedEnd({ forced: forcedNames(session), attached: detached.attached, stuck }) };
  }
}

/** Of the cluster's evictions in flight; all of them when the other drains cannot be counted. */
async function fairShare({ ports, settings, budget }: Session, cluster: ClusterPort): Promise<number> {
  const nodes = await cluster.listMarkedNodes(budget.signal);
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
  if (!('end' in turn)) return turn;
  const done = await complete(session, turn.end);
  if (where && 'end' in done) await signOff(session, where.cluster, where.nodeName, done.end);
  return done;
}

/** The instance is in service again: the node is left as it was found. */
async function undo(session: Session, turn: Turn): Promise<Turn> {
  const { state, ports, budget } = session;
  if (state.clusterName === null || state.nodeName === null) return turn;
  const lookup = await ports.clusters.open(state.clusterName, budget.signal);
  if (lookup.found === 'gone' || (await undoMarks(session, lookup.cluster, state.nodeName)))
    return { end: abortedEnd('returned') };
  return { again: 10, phase: 'done', text: `taking back our marks on ${state.nodeName} at ${iso(ports.clock.now())}` };
}
