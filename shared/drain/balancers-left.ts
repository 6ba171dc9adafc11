import type { JudgedPod } from '../lifecycle/decide.ts';
import { type Registration, registrationText, staysWithPod } from '../lifecycle/registration.ts';
import { balancedNode } from './balanced-node.ts';
import type { DrainPlace } from './floor.ts';
import { inTime } from './in-time.ts';
import type { Session } from './session.ts';

/** One look asks about every target group of the VPC; what it learned before it is cut off is remembered for the next. */
const lookMilliseconds = 20_000;
/** Even when the time is up. */
const leastMilliseconds = 1_000;
/** Whoever takes a target out has begun by then: a controller needs seconds, and a look of ours may be some seconds old. */
const beginMilliseconds = 30_000;

export interface BalancersLeft {
  /** Worth waiting for. */
  left: string[];
  /** Targets of pods that stay, which nobody takes out. */
  kept: string[];
  /** What nobody lets us see: waiting is of no use. */
  unseen: string[];
}

/**
 * Where the node is still registered once it is empty. A load balancer that does not answer is named as one that is not clear: nothing is
 * completed early for want of an answer. By `takenOutAt` we have taken out what is ours to take; instants are epoch milliseconds.
 */
export async function balancersLeft(
  session: Session,
  place: DrainPlace,
  judged: readonly JudgedPod[],
  { takenOutAt, endsAt }: { takenOutAt: number; endsAt: number },
): Promise<BalancersLeft> {
  const { ports, limit } = session;
  if (session.instanceGone) return nothing;
  const now = ports.clock.now();
  const until = Math.max(now + leastMilliseconds, Math.min(now + lookMilliseconds, endsAt, limit.endsAt));
  try {
    const node = balancedNode(session, place, judged);
    const look = (signal: AbortSignal) => ports.loadBalancers.stillRegistered(node, signal);
    const answer = await inTime(look, until, ports.clock, limit.signal);
    if (answer === 'late') return { ...nothing, left: ['unknown load balancers (no answer yet)'] };
    const { registrations, denied } = answer;
    const unseen = denied === undefined ? [] : [`unknown load balancers (not allowed: ${denied})`];
    const hasBegun = ports.clock.now() >= Math.min(takenOutAt + beginMilliseconds, endsAt);
    const isKept = (one: Registration) => hasBegun && staysWithPod(one);
    const left = registrations.filter((one) => !isKept(one)).map(registrationText);
    return { left, kept: registrations.filter(isKept).map(registrationText), unseen };
  } catch (error) {
    limit.signal.throwIfAborted();
    ports.log.warn('load balancers unknown', { error: String(error) });
    return { ...nothing, left: ['unknown load balancers'] };
  }
}

const nothing: BalancersLeft = { left: [], kept: [], unseen: [] };
