import type { TimeRange } from '../log-insights/time-range.ts';
import type { ResultsPage } from './logs-port.ts';
import { type QueryState, secondsOf } from './query-state.ts';

const nothing = { bytesScanned: 0, recordsScanned: 0, recordsMatched: 0 };

/** That a part has been read; the bytes are counted with its query. */
export function countPart(
  read: QueryState['read'],
  range: TimeRange,
  statistics: ResultsPage['statistics'] = nothing,
  rows = 0,
): void {
  read.parts++;
  read.seconds += secondsOf(range);
  read.rows += rows;
  read.recordsScanned += statistics.recordsScanned;
  read.recordsMatched += statistics.recordsMatched;
}
