import type { Row } from '../log-insights/query.ts';
import { bytesText } from './bytes-text.ts';
import { countPart } from './count-part.ts';
import { endQuery } from './end-query.ts';
import type { ResultsPage } from './logs-port.ts';
import { bytesSoFar, isUnfinished, type QueryState, type RunningPart, secondsOf } from './query-state.ts';
import { splitRange } from './split-range.ts';
import type { Step } from './step.ts';

const mostRows = 1_000_000;
/** At once; what is still too much is split again. */
const mostParts = 16;

/** A part whose query is complete: its rows are kept, or it is split when there are more than the service gives. */
export async function settlePart(
  step: Step,
  part: RunningPart,
  { statistics, cutAt }: ResultsPage,
  rows: readonly Row[],
): Promise<void> {
  const { draft, wish, asked, ports } = step;
  // Whether the request's own limit counts is not certain: https://github.com/aws/aws-sdk/issues/66
  const atMost = rows.length === asked.unasked ? rows.length : asked.limit;
  const most = Math.min(atMost, cutAt ?? Number.POSITIVE_INFINITY);
  const isFull = rows.length >= most && most < asked.wanted;
  const maySplit = isFull && asked.splittable && secondsOf(part.range) > 1;
  // The parts of a part scan once more what it scanned.
  const bytesThen = bytesSoFar(draft) + part.bytesScanned;
  const maxBytes = wish.maxBytes ?? Number.POSITIVE_INFINITY;
  if (maySplit && bytesThen <= maxBytes) {
    forget(draft, part);
    const parts = wish.query.aggregates ? 2 : partsFor(statistics.recordsMatched, most);
    draft.waiting.unshift(...splitRange(part.range, parts));
    return;
  }
  await ports.keep(rows, part.range);
  forget(draft, part);
  countPart(draft.read, part.range, statistics, rows.length);
  if (isFull) draft.cut = { first: part.range, ...draft.cut, parts: (draft.cut?.parts ?? 0) + 1, rows: most };
  if (maySplit) {
    const why = `${bytesText(bytesThen)} would be scanned to read all rows, and ${bytesText(maxBytes)} is the most`;
    await endQuery(step, 'byte-limit', why);
  } else if (isUnfinished(draft) && draft.read.rows >= (wish.maxRows ?? mostRows))
    await endQuery(step, 'row-limit', `${draft.read.rows} rows were read, which is as many as a run keeps`);
}

function forget(draft: QueryState, part: RunningPart): void {
  draft.running = draft.running.filter(({ queryId }) => queryId !== part.queryId);
  draft.read.bytesScanned += part.bytesScanned;
}

/** Of events it is known how many there are; the groups of an aggregate may all be in every part. */
function partsFor(events: number, most: number): number {
  return Math.min(mostParts, Math.max(2, Math.ceil((1.5 * events) / most)));
}
