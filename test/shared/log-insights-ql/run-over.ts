import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import type { LogEvent } from '../../../shared/log-insights-ql/log-event.ts';
import { type QueryResult, runQuery } from '../../../shared/log-insights-ql/run-query.ts';
import type { Value } from '../../../shared/log-insights-ql/value.ts';

async function* eventsOf(messages: readonly unknown[]): AsyncGenerator<LogEvent> {
  let index = 0;
  for (const message of messages) {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    yield { timestampMs: 1000 * index, message: text, logStream: 'kube-apiserver-audit-1', ptr: `log:${++index}` };
  }
}

/** Runs a query over messages, a second apart from 1970 on. */
export const resultOf = (query: string, messages: readonly unknown[]): Promise<QueryResult> =>
  runQuery(compileQuery(query), eventsOf(messages));

/** The rows by the names of their columns. */
export async function rowsOf(query: string, messages: readonly unknown[]): Promise<Record<string, Value>[]> {
  const { columns, rows } = await resultOf(query, messages);
  return rows.map(({ values }) => Object.fromEntries(columns.map(({ name }, i) => [name, values[i] ?? null])));
}

/** The value of one expression for one message. */
export async function evaluated(expression: string, message: unknown): Promise<Value | undefined> {
  const [row] = await rowsOf(`fields ${expression} as value`, [message]);
  return row?.value;
}
