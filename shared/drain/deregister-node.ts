import { isHookAction } from '../lifecycle/action.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import { registrationText } from '../lifecycle/registration.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import { balancedNode } from './balanced-node.ts';
import type { DrainPlace } from './floor.ts';
import { inTime } from './in-time.ts';
import type { Session } from './session.ts';

const entry = 'deregistered';
const patienceMilliseconds = 30_000;
/** Even when the time is up. */
const leastMilliseconds = 1_000;

/** As soon as the node is marked and beside the evictions, so that connections drain while pods move; once in a drain. */
export function beginDeregistering(session: Session, place: DrainPlace): void {
  if (wasNoted(session)) return;
  const begun = deregisterNode(session, place, [], Number.POSITIVE_INFINITY);
  session.courtesies.push(begun.then(() => undefined).catch(() => undefined)); // it throws only when the whole tick is aborted
}

/**
 * Takes the node, and what stays on it, out of the load balancers that the settings name; nothing that may come back, since nobody would
 * put it in again. What fails is tried again by the next tick: answers whether it did. `endsAt` is epoch milliseconds.
 */
export async function deregisterNode(
  session: Session,
  place: DrainPlace,
  judged: readonly JudgedPod[],
  endsAt: number,
): Promise<'done' | 'failed'> {
  const { ports, limit, report } = session;
  if (session.instanceGone || !isGoneForGood(session)) return 'done';
  const node = balancedNode(session, place, judged);
  const now = ports.clock.now();
  const until = Math.max(now + leastMilliseconds, Math.min(now + patienceMilliseconds, endsAt, limit.endsAt));
  try {
    const act = (signal: AbortSignal) => ports.loadBalancers.deregister(node, signal);
    const taken = await inTime(act, until, ports.clock, limit.signal);
    if (taken === 'late') {
      ports.log.warn('targets not deregistered yet', { instance: node.instanceId });
      return 'failed';
    }
    if (taken === undefined || (taken.length === 0 && wasNoted(session))) return 'done';
    const targets = taken.map(registrationText);
    ports.log.info('targets deregistered', { instance: node.instanceId, targets });
    noteEntry(report, entry, targets.join(', ') || 'no target that may be taken out', ports.clock.now());
    return 'done';
  } catch (error) {
    limit.signal.throwIfAborted();
    ports.log.warn('targets not deregistered', { instance: node.instanceId, error: String(error) });
    return 'failed';
  }
}

function wasNoted({ report }: Session): boolean {
  return report.timeline.some(({ what }) => what === entry);
}

function isGoneForGood({ input: { action }, notice, settings }: Session): boolean {
  if (isHookAction(action)) return action.destination !== 'WarmPool' && settings.policy.mode === 'hook';
  return notice?.certain === true;
}
