import type { Row } from '../log-insights/query.ts';
import type { QueryResult } from '../log-insights-ql/run-query.ts';
import type { Value } from '../log-insights-ql/value.ts';

/**
 * A row as CloudWatch writes it: every value a text, instants in UTC without their zone, none for what is missing; and
 * the event that it is, if it is one, as `@ptr`. `min(@timestamp)` and `max(@timestamp)` are numbers there, not instants.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 */
export function rowOf(columns: QueryResult['columns'], { values, ptr }: QueryResult['rows'][number]): Row {
  const cells = columns.flatMap(({ name, instant, inMilliseconds }, at): [string, string][] => {
    const value = values[at] ?? null;
    return value === null ? [] : [[name, instant && !inMilliseconds ? instantText(value) : String(value)]];
  });
  // Columns are named by the query: one may be called `__proto__`.
  return Object.fromEntries(ptr === null ? cells : [...cells, ['@ptr', ptr]]);
}

/** For example `2026-11-21 22:40:12.123`. */
function instantText(value: Value): string {
  const instant = new Date(Number(value));
  if (Number.isNaN(instant.getTime())) return String(value);
  return instant.toISOString().replace('T', ' ').replace('Z', '');
}
