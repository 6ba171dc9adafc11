import type { CatalogueQuery, Row } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import type { Clock } from '../ports.ts';
import type { LogsPort } from './logs-port.ts';
import type { QueryStatistics } from './outcome.ts';

/** What is asked of one log group. */
export interface QueryWish {
  group: string;
  query: Pick<CatalogueQuery, 'mergeable' | 'aggregates'> & { text: string };
  range: TimeRange;
  /** What may be scanned, all parts of a split range together. */
  maxBytes?: number;
  /** When the run is over, done or not; epoch milliseconds. */
  untilMs?: number;
  /** Rows that one query may give: 100,000, and fewer where the service does not give as many. */
  rowsAtOnce?: number;
  /** Rows of all parts together; a million unless it says otherwise. */
  maxRows?: number;
}

export interface QueryPorts {
  logs: LogsPort;
  clock: Clock;
  /** From 0 to below 1. */
  random: () => number;
  /** Waits until the process may call CloudWatch Logs once more. */
  turn: (signal: AbortSignal) => Promise<void>;
  progress?: (at: QueryProgress) => void;
}

/** Ports of a run whose rows are put away as they come. */
export interface StepPorts extends QueryPorts {
  /** Rows of one part of the range, all of them; a run that goes on after a crash may give the same part again. */
  keep: (rows: readonly Row[], part: TimeRange) => void | Promise<void>;
}

export interface QueryProgress {
  /** Parts of the range, by where they are. */
  parts: { waiting: number; running: number; read: number };
  /** Of the range, as many as are read. */
  seconds: { read: number; all: number };
  rows: number;
  /** So far, and what it will be by an estimate from the size of the log group. */
  statistics: QueryStatistics;
  estimatedBytes: number;
  /** As many queries run in the account as may: it waits for them. */
  busy: boolean;
}
