import type { Row } from '../log-insights/query.ts';

/** Why a result is not all there is. */
export type PartialCode =
  /** As many rows as the service gives for a second of log, or to a query that may not be split; or a million in all. */
  | 'row-limit'
  /** The time of the run was over; what ran was stopped. */
  | 'out-of-time'
  /** `--max-bytes` would have been passed. */
  | 'byte-limit';

/** The rows of a query, of CloudWatch or of a file. */
export interface QueryOutcome {
  /** In the order of the query. */
  columns: readonly string[];
  /** With `@ptr` where a row is one event, which is among the columns only if the query names it. */
  rows: readonly Row[];
  statistics: QueryStatistics;
  /** None: it is all there is. */
  partial?: { code: PartialCode; text: string };
}

export interface QueryStatistics {
  bytesScanned: number;
  recordsScanned: number;
  recordsMatched: number;
}
