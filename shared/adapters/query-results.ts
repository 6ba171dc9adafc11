import type { GetQueryResultsResponse, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import type { Row } from '../log-insights/query.ts';
import type { QueryStatus, ResultsPage } from '../log-query/logs-port.ts';
import { answered } from './answered.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export const rowsAPage = 10_000;

const known = new Set<string>(['Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown']);

export function readPage(
  { status, results = [], statistics, nextToken }: GetQueryResultsResponse,
  { pages }: { pages: boolean },
): ResultsPage {
  const told = answered('status', status);
  return {
    status: known.has(told) ? (told as QueryStatus) : 'Unknown',
    rows: results.map(rowOf),
    statistics: {
      bytesScanned: statistics?.bytesScanned ?? 0,
      recordsScanned: statistics?.recordsScanned ?? 0,
      recordsMatched: statistics?.recordsMatched ?? 0,
    },
    ...(nextToken && { nextToken }),
    ...(!pages && results.length >= rowsAPage && { cutAt: rowsAPage }),
  };
}

function rowOf(fields: readonly ResultField[]): Row {
  const cells = fields.flatMap(({ field, value }): [string, string][] =>
    field === undefined || value === undefined ? [] : [[field, value]],
  );
  // A query may call a column `__proto__`.
  return Object.fromEntries(cells);
}
