import type { Row } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import { compareNaturally } from '../log-insights-ql/natural-order.ts';
import { type Asked, askedOf, type SortKey } from './asked.ts';
import { columnsOf } from './columns-of.ts';
import { mergeRows } from './merge-rows.ts';
import type { QueryOutcome } from './outcome.ts';
import type { QueryState } from './query-state.ts';
import type { QueryWish } from './query-wish.ts';
import { rangeText } from './unread-text.ts';
import { withoutRepeats } from './without-repeats.ts';

/** What a run kept of one part of its range. */
export interface KeptPart {
  range: TimeRange;
  rows: readonly Row[];
}

/** The result of a run that is done, from what it kept in whatever order: that of the query over the whole range. */
export function putTogether(state: QueryState, wish: QueryWish, kept: readonly KeptPart[]): QueryOutcome {
  const asked = askedOf(wish);
  const parts = [...new Map(kept.map((part) => [part.range.startSeconds, part])).values()];
  const rows = withoutRepeats(parts.length > 1 ? joinParts(parts, wish, asked) : (parts[0]?.rows ?? []));
  const partial = partialOf(state, asked);
  const { bytesScanned, recordsScanned, recordsMatched } = state.read;
  return {
    columns: columnsOf(rows).filter((column) => column !== '@ptr' || isAskedFor(wish)),
    rows,
    statistics: { bytesScanned, recordsScanned, recordsMatched },
    ...(partial && { partial }),
  };
}

/** The service adds it to every row. */
const isAskedFor = ({ query }: QueryWish) => query.text.includes('@ptr');

/** Each part has all of its rows, so that the first rows of all parts in order are those of the whole. */
function joinParts(parts: readonly KeptPart[], { query }: QueryWish, { sort, wanted }: Asked): Row[] {
  const inTime = parts.toSorted((left, right) => left.range.startSeconds - right.range.startSeconds);
  const rows = query.aggregates ? mergeRows(rowsOf(inTime), query.aggregates) : [...rowsOf(inTurn(inTime, sort))];
  return rows.sort(inOrder(sort)).slice(0, wanted);
}

/** Without a word about it, the newest events come first. */
function inTurn(inTime: readonly KeptPart[], sort: readonly SortKey[]): readonly KeptPart[] {
  const isAscending = sort[0]?.column === '@timestamp' && !sort[0].descending;
  return isAscending ? inTime : inTime.toReversed();
}

function* rowsOf(parts: readonly KeptPart[]): Generator<Row> {
  for (const { rows } of parts) yield* rows;
}

function inOrder(sort: readonly SortKey[]): (left: Row, right: Row) => number {
  return (left, right) => {
    for (const { column, descending } of sort) {
      const order = compareNaturally(left[column] ?? null, right[column] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function partialOf({ cut, stopped }: QueryState, { splittable }: Asked): QueryOutcome['partial'] {
  if (!cut) return stopped;
  const more = cut.parts > 1 ? ` and in ${cut.parts - 1} more parts of the range` : '';
  const why = splittable ? '' : ', and the range of this query cannot be split';
  const text = `only ${cut.rows} rows were given for ${rangeText(cut.first)}${more}, and there may be more${why}`;
  return stopped ? { code: stopped.code, text: `${stopped.text}; ${text}` } : { code: 'row-limit', text };
}
