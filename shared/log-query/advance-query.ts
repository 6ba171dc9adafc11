import { askedOf } from './asked.ts';
import { beginQuery } from './begin-query.ts';
import { endQuery, overTime } from './end-query.ts';
import { lookAtRunning } from './look-at-running.ts';
import { isUnfinished, progressOf, type QueryState } from './query-state.ts';
import type { QueryWish, StepPorts } from './query-wish.ts';
import { startParts } from './start-parts.ts';
import { stopRunning } from './stop-running.ts';

/**
 * One step of a run: looks at the queries that are due, keeps what they found, starts the next ones. What it answers can be put away as JSON and
 * handed to the next step in another process; meanwhile the queries go on. When it throws, or the signal aborts, they are stopped.
 */
export async function advanceQuery(
  state: QueryState,
  wish: QueryWish,
  ports: StepPorts,
  signal: AbortSignal,
): Promise<QueryState> {
  if (state.phase === 'done') return state;
  const draft = structuredClone(state);
  const step = { draft, wish, asked: askedOf(wish), ports, signal };
  try {
    signal.throwIfAborted();
    if (draft.phase === 'new') await beginQuery(step);
    await lookAtRunning(step);
    await startParts(step);
    if (!isUnfinished(draft)) draft.phase = 'done';
    else if (overTime(step)) await endQuery(step, 'out-of-time', 'the time of the run is over');
    ports.progress?.(progressOf(draft, wish));
  } catch (error) {
    await stopRunning(draft, ports);
    throw error;
  }
  return draft;
}
