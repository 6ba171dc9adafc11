import { type CloudWatchLogsClient, MalformedQueryException, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AskedQuery } from '../log-query/logs-port.ts';
import { MalformedQueryError } from '../log-query/malformed-query-error.ts';
import { OutsideLogError } from '../log-query/outside-log-error.ts';
import { answered } from './answered.ts';
import { isNamed } from './error-name.ts';
import { type CutText, cutAfter, startOf } from './whole-last-second.ts';

/** Longer than elsewhere: what is given up and tried again runs twice. */
const startMilliseconds = 20_000;

/** A request names its log group, or its text does: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const noSource = 'SOURCE has no place here, since the log group is named beside the text: leave it out';

/**
 * A start whose answer is lost is tried again by the client, and then two queries run of which one is read: that costs what it scans and
 * one place among those that run, and changes no row. Not trying again would lose whole runs to throttling.
 */
export async function startLogQuery(
  client: Pick<CloudWatchLogsClient, 'send'>,
  { group, text, range, limit }: AskedQuery,
  signal: AbortSignal,
): Promise<{ queryId: string } | 'busy'> {
  const { startSeconds, endSeconds } = range;
  const at = startOf(text);
  if (/^source\b/i.test(text.slice(at))) throw new MalformedQueryError(noSource, text, at);
  const cut = cutAfter(text, endSeconds);
  const request = new StartQueryCommand({
    logGroupName: group,
    queryString: cut.text,
    startTime: startSeconds,
    endTime: endSeconds + 1,
    limit,
  });
  try {
    const answer = await client.send(request, { abortSignal: signal, requestTimeout: startMilliseconds });
    return { queryId: answered('queryId', answer.queryId) };
  } catch (error) {
    if (isNamed(error, 'LimitExceededException')) return 'busy';
    if (error instanceof MalformedQueryException) throw refused(error, cut, text);
    throw error;
  }
}

/** Of a range that has nothing CloudWatch says that the query is malformed, too. */
function refused(error: MalformedQueryException, { offsetOf, reasonOf }: CutText, text: string): Error {
  if (/^(Query's )?end date and time/i.test(error.message)) return new OutsideLogError(error.message, { cause: error });
  const { location, message } = error.queryCompileError ?? {};
  const start = location?.startCharOffset;
  const offset = start === undefined || start < 0 ? undefined : offsetOf(start);
  const place = offset === undefined || offset > text.length ? undefined : offset;
  return new MalformedQueryError(reasonOf(message || error.message), text, place, { cause: error });
}
