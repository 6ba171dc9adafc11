import type { Row } from '../log-insights/query.ts';

/** Without events that came twice. `unnest` makes several rows of one event: those differ. */
export function withoutRepeats(rows: readonly Row[]): Row[] {
  const seen = new Map<string, Row[]>();
  return rows.filter((row) => {
    const ptr = row['@ptr'];
    if (ptr === undefined) return true;
    const same = seen.get(ptr);
    if (!same) seen.set(ptr, [row]);
    else if (same.some((other) => isSame(row, other))) return false;
    else same.push(row);
    return true;
  });
}

function isSame(left: Row, right: Row): boolean {
  const columns = Object.keys(left);
  return columns.length === Object.keys(right).length && columns.every((column) => left[column] === right[column]);
}
