import { isHookLost } from '../drain/beat-while.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { instanceGoneEnd } from '../lifecycle/launch-ends.ts';
import { type RequiredSet, type SetOnNode, setsOnNode, whatIsMissing } from '../lifecycle/launch-readiness.ts';
import { quietMilliseconds } from '../lifecycle/next-look.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { findNode, isOf, lookAtInstance } from './find-node.ts';
import { followNode, type NodeFollowed } from './follow-node.ts';
import { comeAgain, type LaunchPlace, noteMissing } from './launch-place.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';
import { requiredSets } from './required-sets.ts';

/** What was seen last of a node that is not ready. */
export interface Unready {
  missing: string;
  node: NodeView | undefined;
  sets: readonly SetOnNode[];
  /** A Node of the name that ours should have, but of another instance or of none. */
  namesake: NodeView | undefined;
}

/** `late`: the deadline is over. */
export type Awaited = { turn: LaunchTurn } | { ready: NodeView } | { late: Unready };

/** Steps 2 and 3: the Node of the instance, Ready, with a Ready pod of every required DaemonSet. Stays while things change. */
export async function awaitReady(session: LaunchSession, place: LaunchPlace): Promise<Awaited> {
  const { input, state, ports } = session;
  const { instanceId } = input.action;
  const sets = await requiredSets(session, place);
  if (!sets.ok) return inTrouble(session, place, 'reading the required DaemonSets', sets.failure);
  const found = await findNode(session, place);
  if (!found.ok) return inTrouble(session, place, `looking for the Node of ${instanceId}`, found.failure);
  const node = found.value;
  const instance = node?.ready === 'True' ? 'unknown' : await lookAtInstance(session);
  if (instance && instance !== 'unknown' && ['shutting-down', 'terminated'].includes(instance.state)) {
    return { turn: { end: instanceGoneEnd(input.action, instance.state, instance.stateReason) } };
  }
  // The kubelet of an EKS node calls itself by the private DNS name of its instance, mostly: it can be watched for before it is there.
  const guessed = instance === 'unknown' ? undefined : instance?.privateDnsName;
  const name = node?.name ?? guessed;
  if (name === undefined) {
    state.answeredAt = ports.clock.now();
    return stay(session, place, { missing: noNodeYet(instanceId), node, sets: [], namesake: undefined });
  }
  const askedAt = ports.clock.now();
  const followed = await followNode(session, place, name);
  try {
    if (stoodStill(session, askedAt))
      return { turn: comeAgain(session, place, 'the tick stood still while it looked') };
    return await untilReady(session, place, followed, sets.value);
  } finally {
    await followed.close();
  }
}

async function untilReady(
  session: LaunchSession,
  place: LaunchPlace,
  followed: NodeFollowed,
  sets: readonly RequiredSet[],
): Promise<Awaited> {
  const { ports, state, limit } = session;
  let changedAt = ports.clock.now();
  for (;;) {
    followed.throwCrash();
    const now = ports.clock.now();
    const trouble = followed.trouble();
    if (trouble) return inTrouble(session, place, `following Node ${followed.name}`, trouble);
    state.answeredAt = now;
    const seen = look(session, place, followed, sets);
    if ('ready' in seen) return seen;
    if (noteMissing(state, seen.missing, now)) {
      changedAt = now;
      ports.log.info('launch waits', { instance: session.input.action.instanceId, missing: seen.missing });
    }
    const inDoubt = session.hookLost && !isHookLost(session);
    const over = now - changedAt >= quietMilliseconds || now >= limit.endsAt || inDoubt;
    if (over || now >= place.deadlineAt) return stay(session, place, seen);
    const until = Math.min(changedAt + quietMilliseconds, limit.endsAt, place.deadlineAt);
    await followed.wake.waitUntil(until, ports.clock, limit.signal);
    if (stoodStill(session, until)) return { turn: comeAgain(session, place, seen.missing) };
  }
}

/** Two lists take less than this, however slow they are. */
const standstillMilliseconds = 60_000;

/** Whoever did has not heard what happened meanwhile: it looks anew before it judges. */
function stoodStill({ ports }: LaunchSession, since: number): boolean {
  return ports.clock.now() - since >= standstillMilliseconds;
}

function look(
  { input, state }: LaunchSession,
  { template }: LaunchPlace,
  followed: NodeFollowed,
  required: readonly RequiredSet[],
): { ready: NodeView } | Unready {
  const { instanceId } = input.action;
  const named = followed.node();
  const node = named && isOf(named, instanceId) ? named : undefined;
  state.nodeName = node?.name ?? null;
  if (!node) {
    const other = named && `Node ${named.name} is of ${named.providerId ?? 'no instance yet'}`;
    return { missing: [noNodeYet(instanceId), other].filter(Boolean).join(': '), node, sets: [], namesake: named };
  }
  const sets = setsOnNode(node, followed.pods(), required, template);
  const missing = whatIsMissing(node, sets);
  return missing === undefined ? { ready: node } : { missing, node, sets, namesake: undefined };
}

function noNodeYet(instanceId: string): string {
  return `no Node has the provider ID of ${instanceId} yet`;
}

/** The cluster does not answer, does not know us, or does not let us. */
function inTrouble(session: LaunchSession, place: LaunchPlace, doing: string, failure: ApiFailure): Awaited {
  const { state, ports } = session;
  const { code, message } = failure;
  const missing = `${doing}: ${code === undefined ? '' : `HTTP ${code} `}${message}`;
  const kind = code === 401 || code === 403 ? 'not-mapped' : 'cluster-unreachable';
  if (state.missing !== missing) {
    ports.metrics.add('ClusterTrouble', 'Count', 1, { Kind: kind });
    if (state.clusterName !== null) ports.metrics.add('ClusterTrouble', 'Count', 1, { Cluster: state.clusterName });
  }
  ports.log.warn('cluster trouble', { instance: session.input.action.instanceId, kind, text: missing });
  return stay(session, place, { missing, node: undefined, sets: [], namesake: undefined });
}

/** Until the deadline; `late` from then on. */
function stay(session: LaunchSession, place: LaunchPlace, seen: Unready): Awaited {
  const turn = comeAgain(session, place, seen.missing);
  return session.ports.clock.now() >= place.deadlineAt ? { late: seen } : { turn };
}
