import { shareOf } from '../lifecycle/eviction-room.ts';
import { readMark } from '../lifecycle/mark.ts';
import type { DrainPlace } from './floor.ts';
import { settledAtOf } from './judge.ts';
import { drainId, type Session } from './session.ts';

/** However long a fleet goes on going, the nodes that were marked first do not wait for ever. */
const mostBursts = 5;

/**
 * Looks at the other nodes of the cluster that are being drained, after the cordon has settled and before the first eviction: while they are
 * still being marked it waits, since a pod that is evicted now may be put onto the next of them, and its share of the evictions in flight is
 * as large as they are few. When the others cannot be counted, all of them are ours.
 */
export async function gather(session: Session, place: DrainPlace): Promise<void> {
  const { ports, settings, limit } = session;
  const { burstSeconds, maxInFlight } = settings.policy;
  const lastAt = Math.min(settledAtOf(session, place.marked) + mostBursts * burstSeconds * 1000, limit.endsAt);
  for (;;) {
    const nodes = await place.cluster.listMarkedNodes(limit.signal);
    if (!nodes.ok) ports.log.warn('other drains not counted', { error: nodes.failure.message });
    const marks = (nodes.ok ? nodes.value : []).map(({ annotations }) => readMark(annotations));
    const draining = marks.filter((mark) => mark !== undefined && mark.ended === undefined);
    place.drains = Math.max(1, draining.length);
    place.share = shareOf(maxInFlight, place.drains);
    const others = draining.filter((mark) => mark?.drain !== drainId(session.input));
    const markedAt = Math.max(0, ...others.map((mark) => Date.parse(mark?.markedAt ?? '')));
    const until = Math.min(markedAt + burstSeconds * 1000, lastAt);
    const now = ports.clock.now();
    if (now >= until) return;
    await ports.clock.sleep(until - now, limit.signal);
  }
}
