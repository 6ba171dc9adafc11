import { bytesText } from './bytes-text.ts';
import { endQuery, overTime } from './end-query.ts';
import type { ResultsPage } from './logs-port.ts';
import { lookDelayMs } from './look-delay.ts';
import { QueryFailedError } from './query-failed.ts';
import { bytesSoFar, isDue, isUnfinished, type RunningPart } from './query-state.ts';
import { readRows } from './read-rows.ts';
import { settlePart } from './settle-part.ts';
import type { Step } from './step.ts';

/** Looks at queries that are due, up to the first that is complete: its rows may take many calls, and a step is to be short. */
export async function lookAtRunning(step: Step): Promise<void> {
  const { draft, ports, signal } = step;
  const now = ports.clock.now();
  for (const part of draft.running.filter(({ lookAt }) => isDue(lookAt, now))) {
    if (draft.phase === 'done' || overTime(step)) return;
    await ports.turn(signal);
    const page = await ports.logs.results(part.queryId, undefined, signal);
    part.bytesScanned = Math.max(part.bytesScanned, page.statistics.bytesScanned);
    if (isComplete(part, page)) {
      const rows = await readRows(step, part, page);
      if (rows) await settlePart(step, part, page, rows);
    } else part.lookAt = ports.clock.now() + lookDelayMs(++part.looks, ports.random);
    await guardBytes(step);
    if (page.status === 'Complete') return;
  }
}

/** What it has of rows before that may be less, or other rows. */
function isComplete({ queryId }: RunningPart, { status }: ResultsPage): boolean {
  if (status === 'Scheduled' || status === 'Running') return false;
  if (status === 'Complete') return true;
  throw new QueryFailedError(queryId, status);
}

async function guardBytes(step: Step): Promise<void> {
  const bytes = bytesSoFar(step.draft);
  if (step.wish.maxBytes === undefined || bytes <= step.wish.maxBytes || !isUnfinished(step.draft)) return;
  const why = `${bytesText(bytes)} were scanned, and ${bytesText(step.wish.maxBytes)} is the most`;
  await endQuery(step, 'byte-limit', why);
}
