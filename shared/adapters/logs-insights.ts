import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup, LogsPort } from '../log-query/logs-port.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { readPage, rowsAPage } from './query-results.ts';
import { startLogQuery } from './start-log-query.ts';

type Client = Pick<CloudWatchLogsClient, 'send'>;

/** Ten thousand rows with their messages can be tens of megabytes. */
const pageMilliseconds = 60_000;

/**
 * CloudWatch Logs Insights: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 * Where the service knows no pages yet, there is one of 10,000 rows, marked when there may be more.
 */
export function createLogsInsights(client: Client): LogsPort {
  let pages = true;
  const page = (queryId: string, paging: { nextToken?: string | undefined; maxItems?: number }, signal: AbortSignal) =>
    client.send(new GetQueryResultsCommand({ queryId, ...paging }), {
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(pageMilliseconds)]),
      requestTimeout: pageMilliseconds / 2,
    });
  const pageOrFirst = async (queryId: string, nextToken: string | undefined, signal: AbortSignal) => {
    if (!pages && nextToken === undefined) return page(queryId, {}, signal);
    try {
      return await page(queryId, { nextToken, maxItems: rowsAPage }, signal);
    } catch (error) {
      if (nextToken !== undefined || !isNamed(error, 'InvalidParameterException')) throw error;
      const first = await page(queryId, {}, signal);
      pages = false;
      return first;
    }
  };

  const startOrLess: LogsPort['startQuery'] = async (asked, signal) => {
    try {
      return await startLogQuery(client, asked, signal);
    } catch (error) {
      if (asked.limit <= rowsAPage || !isOfLimit(error)) throw error;
      const text = asked.text.replace(/(\|\s*limit\s+)\d+\s*$/i, `$1${rowsAPage}`);
      const started = await startLogQuery(client, { ...asked, text, limit: rowsAPage }, signal);
      pages = false;
      return started;
    }
  };

  return {
    findGroup: (name, signal) => during(`describing log group ${name}`, signal, findGroup(client, name, signal)),

    startQuery: (asked, signal) =>
      during(`starting a query of log group ${asked.group}`, signal, startOrLess(asked, signal)),

    results: async (queryId, nextToken, signal) => {
      const answer = await during(
        `reading the results of query ${queryId}`,
        signal,
        pageOrFirst(queryId, nextToken, signal),
      );
      return readPage(answer, { pages });
    },

    stopQuery: async (queryId, signal) => {
      const stopped = client.send(new StopQueryCommand({ queryId }), { abortSignal: signal }).catch(unlessEnded);
      await during(`stopping query ${queryId}`, signal, stopped);
    },
  };
}

const isOfLimit = (error: unknown) =>
  isNamed(error, 'InvalidParameterException') ||
  (isNamed(error, 'MalformedQueryError') && /limit/i.test(error.message));

/** The name is a prefix of itself, and the first of those it is a prefix of: the answer is in the order of names. */
async function findGroup(client: Client, name: string, signal: AbortSignal): Promise<LogGroup | undefined> {
  let nextToken: string | undefined;
  do {
    const request = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken });
    const { logGroups = [], nextToken: next } = await client.send(request, { abortSignal: signal });
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found) {
      const { retentionInDays: retentionDays, storedBytes = 0, logGroupClass = 'STANDARD' } = found;
      const createdAt = answered('creationTime', found.creationTime);
      return { name, class: logGroupClass, storedBytes, createdAt, ...(retentionDays && { retentionDays }) };
    }
    nextToken = next;
  } while (nextToken);
  return undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html */
function unlessEnded(error: unknown): void {
  if (!isNamed(error, 'InvalidParameterException', 'ResourceNotFoundException')) throw error;
}
