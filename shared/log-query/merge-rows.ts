import type { Merge, Row } from '../log-insights/query.ts';
import { numberOf } from '../log-insights-ql/value.ts';

/**
 * One row a group of the rows of all parts, those of the earliest part first: `aggregates` says how each column comes together, the other
 * columns are the group.
 */
export function mergeRows(rows: Iterable<Row>, aggregates: Readonly<Record<string, Merge>>): Row[] {
  const merged = new Map<string, Record<string, string>>();
  const isGroup = ([column]: [string, string]) => !Object.hasOwn(aggregates, column);
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row).filter(isGroup).sort(byColumn));
    const before = merged.get(key);
    if (before) absorb(before, row, aggregates);
    else merged.set(key, { ...row });
  }
  return [...merged.values()];
}

function absorb(into: Record<string, string>, row: Row, aggregates: Readonly<Record<string, Merge>>): void {
  for (const [column, merge] of Object.entries(aggregates)) {
    const [before, value] = [into[column], row[column]];
    if (value !== undefined) into[column] = before === undefined ? value : joined[merge](before, value);
  }
}

const joined: Record<Merge, (before: string, value: string) => string> = {
  sum: (before, value) => String(Number(before) + Number(value)),
  min: (before, value) => (isMore(value, before, -1) ? value : before),
  max: (before, value) => (isMore(value, before, 1) ? value : before),
  first: (before) => before,
  last: (_, value) => value,
};

/** Among numbers and texts only the numbers count, as in a query. */
function isMore(value: string, than: string, sign: 1 | -1): boolean {
  const [a, b] = [numberOf(value), numberOf(than)];
  if (a !== null && b !== null) return (a - b) * sign > 0;
  if (a !== null || b !== null) return a !== null;
  return sign > 0 ? value > than : value < than;
}

function byColumn([left]: [string, string], [right]: [string, string]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
