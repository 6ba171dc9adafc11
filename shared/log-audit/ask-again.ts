import type { LogJob } from './log-run.ts';
import type { ScheduledQuery } from './scheduled-queries.ts';

/** The command that shows all rows of a job; none of its words needs a quote. */
export function askAgain(
  { name }: Pick<ScheduledQuery, 'name'>,
  { cluster, group, range }: Pick<LogJob, 'cluster' | 'group' | 'range'>,
): string {
  const [start, end] = [range.startSeconds, range.endSeconds].map((seconds) =>
    new Date(seconds * 1000).toISOString().slice(0, 19),
  );
  const log = cluster === '' ? `--log-group ${group}` : `--cluster ${cluster}`;
  return `enl query run ${name} ${log} --start ${start}Z --end ${end}Z`;
}
