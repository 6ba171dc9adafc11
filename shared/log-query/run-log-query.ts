import { advanceQuery } from './advance-query.ts';
import type { QueryOutcome } from './outcome.ts';
import { type KeptPart, putTogether } from './put-together.ts';
import { dueAt, mostWaitMs, newQuery } from './query-state.ts';
import type { QueryPorts, QueryWish } from './query-wish.ts';
import { stopRunning } from './stop-running.ts';

/**
 * A whole run in one process. A result that is not all there is says so; it throws for what it cannot explain, QueryFailedError for a query that
 * the service ended, the signal's reason when that aborts, and leaves no query running.
 */
export async function runLogQuery(wish: QueryWish, ports: QueryPorts, signal: AbortSignal): Promise<QueryOutcome> {
  const kept: KeptPart[] = [];
  const keeping = {
    ...ports,
    keep: (rows: KeptPart['rows'], range: KeptPart['range']) => void kept.push({ range, rows }),
  };
  let state = await advanceQuery(newQuery(wish), wish, keeping, signal);
  while (state.phase !== 'done') {
    const now = ports.clock.now();
    const wakeAt = Math.min(dueAt(state), wish.untilMs ?? Number.POSITIVE_INFINITY, now + mostWaitMs);
    try {
      await ports.clock.sleep(Math.max(0, wakeAt - now), signal);
    } catch (error) {
      await stopRunning(state, ports);
      throw error;
    }
    state = await advanceQuery(state, wish, keeping, signal);
  }
  return putTogether(state, wish, kept);
}
