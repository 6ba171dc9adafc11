import type { Stream } from '../log-insights/query.ts';
import { compileQuery } from '../log-insights-ql/compile-query.ts';
import { startRun } from '../log-insights-ql/run-query.ts';
import { mostRowsAtOnce } from '../log-query/asked.ts';
import type { QueryOutcome } from '../log-query/outcome.ts';
import { type FileOptions, type FilesRead, readLogFiles } from './read-log-files.ts';
import { rowOf } from './row-of.ts';

export interface FileOutcome extends QueryOutcome, Omit<FilesRead, 'bytes'> {}

const allOfThem = 'there are 100,000 rows, as many as a query gives, and there may be more: ask for a shorter range';

/**
 * A query over logs that lie in files. Nothing of another log than the query is about is taken: a file of one is an error if it was named,
 * and passed over in a directory.
 * @throws LogFileError for what cannot be read, QueryError for what is not known of the language
 */
export async function runOverFiles(
  { text, streams }: { text: string; streams: readonly Stream[] },
  names: readonly string[],
  options: FileOptions,
  signal: AbortSignal,
): Promise<FileOutcome> {
  const [outcome] = await runAllOverFiles({ texts: [text], streams }, names, options, signal);
  return outcome;
}

/** Several queries, and the files are read once: standard input and a pipe give what they hold no second time. */
export async function runAllOverFiles<const Texts extends readonly string[]>(
  { texts, streams }: { texts: Texts; streams: readonly Stream[] },
  names: readonly string[],
  options: FileOptions,
  signal: AbortSignal,
): Promise<{ [At in keyof Texts]: FileOutcome }> {
  const runs = texts.map((text) => startRun(compileQuery(text)));
  const { bytes, ...read } = await readLogFiles(
    { names, streams, ...options },
    (event) => {
      let isWhole = true;
      for (const run of runs) isWhole = run.push(event) && isWhole;
      return isWhole;
    },
    signal,
  );
  const outcomes = runs.map((run): FileOutcome => {
    const { columns, rows, statistics } = run.end();
    return {
      columns: columns.map((column) => column.name),
      rows: rows.map((row) => rowOf(columns, row)),
      statistics: { ...statistics, bytesScanned: bytes },
      ...(rows.length === mostRowsAtOnce && { partial: { code: 'row-limit', text: allOfThem } }),
      ...read,
    };
  });
  return outcomes as { [At in keyof Texts]: FileOutcome };
}
