import type { TimeRange } from '../log-insights/time-range.ts';
import type { QueryOutcome } from '../log-query/outcome.ts';

/** What was asked of which log, and what came back: for all who show it. */
export interface QueryView {
  query: AskedFor;
  /** A log group, or files. */
  source: string;
  /** None: all that is in the files. */
  range?: TimeRange;
  outcome: QueryOutcome;
  /** The columns whose values are instants. */
  instants: ReadonlySet<string>;
  /** Of each row, where the query says which of them are findings. */
  severities?: readonly (string | undefined)[];
  /** Lines of files that are no events. */
  broken?: readonly BrokenFile[];
  /** From the first event of files to the last, in milliseconds since the epoch, within the range or not. */
  span?: { firstMs: number; lastMs: number };
}

export interface AskedFor {
  /** Those of the catalogue have it. */
  id?: string;
  /** Of the catalogue, or the file that it was in. */
  name: string;
  title: string;
  /** As it was run. */
  text: string;
  parameters: Readonly<Record<string, string>>;
  answers?: string;
  reading?: string;
}

export interface BrokenFile {
  file: string;
  count: number;
  /** Numbers of the first of them. */
  firstLines: readonly number[];
  /** Why the file has no more lines. */
  cutOff?: string;
}
