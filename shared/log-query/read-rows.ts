import type { Row } from '../log-insights/query.ts';
import { overTime } from './end-query.ts';
import type { ResultsPage } from './logs-port.ts';
import { QueryFailedError } from './query-failed.ts';
import type { RunningPart } from './query-state.ts';
import type { Step } from './step.ts';

/** Many more than a result of full pages has in all. */
const mostEmptyPages = 100;

/** All rows of a query that is complete, page by page; undefined: the time was over before the last page. */
export async function readRows(step: Step, { queryId }: RunningPart, first: ResultsPage): Promise<Row[] | undefined> {
  const { asked, ports, signal } = step;
  const rows = [...first.rows];
  const tokens = new Set<string>();
  let emptyPages = 0;
  let page = first;
  while (page.nextToken !== undefined && rows.length < asked.limit) {
    if (overTime(step)) return undefined;
    if (tokens.has(page.nextToken))
      throw new Error(`the result of query ${queryId} has a page that leads back to one before it`);
    tokens.add(page.nextToken);
    await ports.turn(signal);
    const next = await ports.logs.results(queryId, page.nextToken, signal);
    if (next.status !== 'Complete') throw new QueryFailedError(queryId, next.status);
    if (next.nextToken === page.nextToken && next.rows.length === 0) break;
    if (next.rows.length === 0 && ++emptyPages >= mostEmptyPages)
      throw new Error(`the result of query ${queryId} has ${mostEmptyPages} pages without a row, and no end`);
    for (const row of next.rows) rows.push(row);
    page = next;
  }
  return rows;
}
