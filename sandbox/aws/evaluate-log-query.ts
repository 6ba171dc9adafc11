import { rowOf } from '../../shared/log-files/row-of.ts';
import type { Row } from '../../shared/log-insights/query.ts';
import { type CompiledQuery, compileQuery } from '../../shared/log-insights-ql/compile-query.ts';
import { parseQuery } from '../../shared/log-insights-ql/parse-query.ts';
import { QueryError } from '../../shared/log-insights-ql/query-error.ts';
import { startRun } from '../../shared/log-insights-ql/run-query.ts';
import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { bytesOf, eventsBetween, type SandboxLogGroup } from './log-groups.ts';

export interface QueryResults {
  rows: Row[];
  statistics: { recordsMatched: number; recordsScanned: number; bytesScanned: number };
}

export const malformed = (message: string) => new AwsError(400, 'MalformedQueryException', message);

/**
 * The text's own limit counts; without one the request's. Outside class STANDARD an event has no fields of its own. Throws an AwsError for a text
 * that is not understood.
 */
export function evaluateLogQuery(
  text: string,
  limit: number,
  group: SandboxLogGroup,
  { startMs, endMs, clock }: { startMs: number; endMs: number; clock: Clock },
): QueryResults {
  const run = startRun(compiled(text, limit));
  const events = eventsBetween(group, startMs, endMs, clock);
  // The evaluator takes for JSON what starts as JSON.
  const opaque = group.class === 'STANDARD' ? '' : ' ';
  for (const event of events) run.push({ ...event, message: opaque + event.message });
  const { columns, rows, statistics } = run.end();
  return {
    rows: rows.map((row) => rowOf(columns, row)),
    statistics: { ...statistics, bytesScanned: events.reduce((sum, event) => sum + bytesOf(event), 0) },
  };
}

function compiled(text: string, limit: number): CompiledQuery {
  try {
    const isLimited = parseQuery(text).some(({ type }) => type === 'limit');
    return compileQuery(isLimited ? text : `${text}\n| limit ${limit}`);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const before = text.split('\n').slice(0, error.line - 1);
    const startCharOffset = before.reduce((sum, { length }) => sum + length + 1, 0) + error.column - 1;
    // The place is told beside the reason.
    const reason = error.message.slice(error.message.indexOf(': ') + 2);
    throw Object.assign(malformed(reason), { startCharOffset });
  }
}
