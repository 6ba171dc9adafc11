import type { Column, CompiledQuery } from './compile-query.ts';
import type { LogEvent } from './log-event.ts';
import type { Row } from './row.ts';
import type { Sink } from './sink.ts';
import type { Value } from './value.ts';

export interface QueryResult {
  columns: Column[];
  /** Values in the order of the columns; `ptr` names the event, null for a row that is made of several. */
  rows: { values: Value[]; ptr: string | null }[];
  statistics: { recordsScanned: number; recordsMatched: number };
  /** Events whose JSON does not parse, as far as the query had to look into them: how many, and the first of them. */
  broken: { count: number; firstPtrs: string[] };
}

/** A query at work. Memory is that of the groups, or of the rows that the limit lets through. */
export interface QueryRun {
  /** Answers whether the event was whole, as far as the query had to look into it. */
  push(event: LogEvent): boolean;
  /** Once, after the last event. */
  end(): QueryResult;
}

/** More of them than anyone looks up. */
const shownBroken = 20;

/** A run that is handed its events one by one: a turn of the event loop for each would cost as much as reading it. */
export function startRun(query: CompiledQuery): QueryRun {
  const rows: QueryResult['rows'] = [];
  const statistics = { recordsScanned: 0, recordsMatched: 0 };
  const broken: QueryResult['broken'] = { count: 0, firstPtrs: [] };
  const collect: Sink = {
    push: (row) => {
      const ptr = query.ptr(row);
      rows.push({ values: query.columns.map(({ read }) => read(row)), ptr: ptr === null ? null : String(ptr) });
    },
    end: () => {},
  };
  const after = query.stages.slice(query.matching).reduceRight((next, stage) => stage(next), collect);
  const counted: Sink = {
    push: (row) => {
      statistics.recordsMatched++;
      after.push(row);
    },
    end: () => after.end(),
  };
  const first = query.stages.slice(0, query.matching).reduceRight((next, stage) => stage(next), counted);
  const mayMatch = query.newLineFilter();
  return {
    push: (event) => {
      statistics.recordsScanned++;
      if (!mayMatch(event.message)) return true;
      const row: Row = { event, json: undefined, cells: [] };
      first.push(row);
      if (!row.broken && !row.json?.isBroken) return true;
      if (++broken.count <= shownBroken) broken.firstPtrs.push(event.ptr);
      return false;
    },
    end: () => {
      first.end();
      const columns = query.columns.map(({ read, ...column }) => column);
      return { columns, rows, statistics, broken };
    },
  };
}

/** Runs a query over events as they come. */
export async function runQuery(
  query: CompiledQuery,
  events: AsyncIterable<LogEvent>,
  options: { signal?: AbortSignal } = {},
): Promise<QueryResult> {
  const run = startRun(query);
  for await (const event of events) {
    options.signal?.throwIfAborted();
    run.push(event);
  }
  return run.end();
}
