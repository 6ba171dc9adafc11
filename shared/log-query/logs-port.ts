import type { Row } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import type { QueryStatistics } from './outcome.ts';

/** CloudWatch Logs, as far as queries need it. Every call has a timeout; what is not named here throws. */
export interface LogsPort {
  /** undefined: there is none of this name. */
  findGroup(name: string, signal: AbortSignal): Promise<LogGroup | undefined>;
  /**
   * `busy`: as many queries run in the account as may (LimitExceededException). What it throws for a text that CloudWatch does not understand has a
   * MalformedQueryError as its cause, and an OutsideLogError for a range that ends before the log begins.
   */
  startQuery(asked: AskedQuery, signal: AbortSignal): Promise<{ queryId: string } | 'busy'>;
  /** One page; `nextToken` of the page before. */
  results(queryId: string, nextToken: string | undefined, signal: AbortSignal): Promise<ResultsPage>;
  /** Of no consequence for one that has ended. */
  stopQuery(queryId: string, signal: AbortSignal): Promise<void>;
}

export interface LogGroup {
  name: string;
  class: 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY';
  /** None: it never forgets. */
  retentionDays?: number;
  storedBytes: number;
  /** In milliseconds since the epoch. */
  createdAt: number;
}

export interface AskedQuery {
  group: string;
  text: string;
  range: TimeRange;
  /** Rows at most. */
  limit: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';

export interface ResultsPage {
  status: QueryStatus;
  /** With `@ptr` where a row is one event. */
  rows: readonly Row[];
  statistics: QueryStatistics;
  nextToken?: string;
  /** The service knows no pages here and gave so many rows, all it can: there may be more, whatever the limit was. */
  cutAt?: number;
}
