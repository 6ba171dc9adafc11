import type { Values } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';
import { compileQuery } from '../../shared/log-insights-ql/compile-query.ts';
import type { LogEvent } from '../../shared/log-insights-ql/log-event.ts';
import { runQuery } from '../../shared/log-insights-ql/run-query.ts';
import type { Expected } from './proofs/proof.ts';

export async function* auditLog(log: string): AsyncGenerator<LogEvent> {
  for (const [at, message] of log.split('\n').entries()) {
    if (message === '') continue;
    const timestampMs = Date.parse(JSON.parse(message).stageTimestamp);
    yield { timestampMs, message, logStream: 'kube-apiserver-audit-0123456789abcdef', ptr: `audit.log:${at + 1}` };
  }
}

/** When a component wrote a line: klog's (https://github.com/kubernetes/klog#klog), or JSON as the client of etcd writes it. */
export function writtenAt(line: string, year: number): number {
  const [, month, day, time] = /^[IWEF](\d\d)(\d\d) ([\d:]+\.\d{3})/.exec(line) ?? [];
  return Date.parse(month ? `${year}-${month}-${day}T${time}Z` : (/^\{.*"ts":"([^"]+)"/.exec(line)?.[1] ?? ''));
}

/** The lines of a component's log, by their numbers, and when each was written: one that tells no time of its own, when the line before was. */
export function timedLines(log: string, year: number): { number: number; message: string; at: number }[] {
  let last = 0;
  return log.split('\n').flatMap((message, before) => {
    const at = writtenAt(message, year);
    if (!Number.isNaN(at)) last = at;
    return message === '' ? [] : [{ number: before + 1, message, at: last }];
  });
}

export async function* componentLog(log: string, logStream: string, year: number): AsyncGenerator<LogEvent> {
  for (const { number, message, at } of timedLines(log, year))
    yield { timestampMs: at, message, logStream, ptr: `${logStream}:${number}` };
}

/** The rows of a query, without the columns that a row does not have. */
export async function find(
  query: CatalogueQuery,
  values: Values,
  events: AsyncIterable<LogEvent>,
): Promise<Expected[]> {
  const { columns, rows } = await runQuery(compileQuery(query.text(values)), events);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row.values[at] ?? undefined])));
}

/** Rows to be compared: in one order, numbers spelled and to the microsecond, nothing that is not there. */
export function comparable(rows: readonly Expected[]): Record<string, string>[] {
  const spell = (value: string | number | undefined) =>
    typeof value === 'number' ? String(Number(value.toFixed(6))) : value;
  const spelled = rows.map((row) => {
    const cells = Object.entries(row).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, spell(value)] as const],
    );
    return Object.fromEntries(cells.sort(([a], [b]) => (a < b ? -1 : 1))) as Record<string, string>;
  });
  return spelled.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
