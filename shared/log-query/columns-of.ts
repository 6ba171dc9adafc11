import type { Row } from '../log-insights/query.ts';

/** In the order of the query, of which a row shows those columns that it has a value for. */
export function columnsOf(rows: readonly Row[]): string[] {
  const columns: string[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    let at = 0;
    for (const column in row) {
      if (known.has(column)) at = columns.indexOf(column, at) + 1 || at;
      else {
        known.add(column);
        columns.splice(at++, 0, column);
      }
    }
  }
  return columns;
}
