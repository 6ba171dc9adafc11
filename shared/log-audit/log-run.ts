import type { Judged } from '../audit/finding.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import type { QueryOutcome } from '../log-query/outcome.ts';
import type { LogGap } from './log-window.ts';

/** What a run set out to do: made once, at its beginning. */
export interface LogRunPlan {
  version: 1;
  /** In ISO 8601. */
  startedAt: string;
  clusters: readonly string[];
  /** These are all clusters of the region. */
  allClusters: boolean;
  /** What has waited longest comes first. */
  jobs: readonly LogJob[];
  blind: readonly BlindSpot[];
}

/** One query of one cluster. */
export interface LogJob {
  /** Empty: the log is CloudTrail's. */
  cluster: string;
  /** Its id. */
  query: string;
  group: string;
  range: TimeRange;
  gap?: LogGap;
  /** The cluster is: its log outlives it, and what it did last stands there. */
  gone?: true;
}

/** What cannot be asked at all. */
export interface BlindSpot {
  cluster: string;
  query: string;
  /** The log group, or the cluster. */
  resource: string;
  /** `nothing-yet`: there is nothing that could have been missed. */
  code: string;
  text: string;
  command?: string;
}

/** What became of a job; `failed` in words. */
export type JobEnd = JobRows | { failed: string };

export interface JobRows extends Pick<QueryOutcome, 'rows' | 'statistics' | 'partial'> {
  /** Epoch seconds; undefined: nothing of the range was wholly read. */
  readUntil: number | undefined;
}

/** What is left of a job that has ended. */
export interface EndedJob {
  job: LogJob;
  judged: readonly Judged[];
  /** From there the next run goes on; none: from where this one began. */
  readUntil?: number;
  bytesScanned: number;
}

/** As what a job is known from run to run: `cluster/query`, or the query alone. */
export const jobKey = ({ cluster, query }: Pick<LogJob, 'cluster' | 'query'>): string =>
  cluster === '' ? query : `${cluster}/${query}`;
