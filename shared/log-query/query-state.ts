import { problemsOfRange, type TimeRange } from '../log-insights/time-range.ts';
import type { QueryOutcome, QueryStatistics } from './outcome.ts';
import type { QueryProgress, QueryWish } from './query-wish.ts';

/** All that a run must remember to go on in another process: plain JSON, without rows. Instants are epoch milliseconds. */
export interface QueryState {
  phase: 'new' | 'running' | 'done';
  /** Parts of the range that no query was started for, the next one first. */
  waiting: TimeRange[];
  running: RunningPart[];
  /** No query is started before. */
  startAt: number;
  /** How often in a row the service had no room for a query. */
  refusals: number;
  /** Of the parts that were kept; the bytes are those of all queries, which all are paid for. */
  read: QueryStatistics & { parts: number; seconds: number; rows: number };
  estimatedBytes: number;
  /** Parts that had more rows than could be read. */
  cut?: { parts: number; first: TimeRange; rows: number };
  /** Why the rest was not read. */
  stopped?: NonNullable<QueryOutcome['partial']>;
}

export interface RunningPart {
  range: TimeRange;
  queryId: string;
  looks: number;
  lookAt: number;
  /** As far as was seen. */
  bytesScanned: number;
}

/** Throws when the range is none. */
export function newQuery({ range }: QueryWish): QueryState {
  const problems = problemsOfRange(range, Number.POSITIVE_INFINITY);
  if (problems.length > 0) throw new Error(`the range cannot be queried: ${problems.join('; ')}`);
  return {
    phase: 'new',
    waiting: [range],
    running: [],
    startAt: 0,
    refusals: 0,
    read: { bytesScanned: 0, recordsScanned: 0, recordsMatched: 0, parts: 0, seconds: 0, rows: 0 },
    estimatedBytes: 0,
  };
}

/** When the next step has something to do, in epoch milliseconds. */
export function dueAt({ waiting, running, startAt }: QueryState): number {
  const mayStart = waiting.length > 0 && running.length < queriesAtOnce;
  return Math.min(...running.map(({ lookAt }) => lookAt), ...(mayStart ? [startAt] : []));
}

/** Longer than anything is put off for. */
export const mostWaitMs = 60_000;

/** Whether an instant has come, or is so far off that the clock must have been set back since. */
export const isDue = (at: number, nowMs: number): boolean => at <= nowMs || at - nowMs > mostWaitMs;

/** Few, since all of the account share its quota of running queries with dashboards. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const queriesAtOnce = 4;

export const secondsOf = ({ startSeconds, endSeconds }: TimeRange): number => endSeconds - startSeconds + 1;

/** There is something left to read. */
export const isUnfinished = ({ waiting, running }: QueryState): boolean => waiting.length + running.length > 0;

/** With what is seen of queries that run. */
export const bytesSoFar = ({ read, running }: QueryState): number =>
  running.reduce((bytes, { bytesScanned }) => bytes + bytesScanned, read.bytesScanned);

export function progressOf(state: QueryState, { range }: QueryWish): QueryProgress {
  const { parts, seconds, rows, recordsScanned, recordsMatched } = state.read;
  return {
    parts: { waiting: state.waiting.length, running: state.running.length, read: parts },
    seconds: { read: seconds, all: secondsOf(range) },
    rows,
    statistics: { bytesScanned: bytesSoFar(state), recordsScanned, recordsMatched },
    estimatedBytes: state.estimatedBytes,
    busy: state.refusals > 0,
  };
}
