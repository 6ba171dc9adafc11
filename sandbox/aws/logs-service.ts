import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { jsonAnswer } from './json-answer.ts';
import type { LogsInsights } from './logs-insights.ts';
import type { WireAnswer, WireService } from './wire.ts';

type Input = Record<string, unknown>;

const contentType = 'application/x-amz-json-1.1';
const [mostRows, rowsAPage, groupsAPage] = [100_000, 10_000, 50];
const tokenMs = 3_600_000;

/**
 * DescribeLogGroups, StartQuery, GetQueryResults and StopQuery in AWS JSON 1.1, with the limits that are documented:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
 */
export function createLogsService(
  logs: LogsInsights,
  { account, region, clock }: { account: string; region: string; clock: Clock },
): WireService {
  const operations: Record<string, (input: Input) => unknown> = {
    DescribeLogGroups: ({ logGroupNamePrefix = '', nextToken, limit }) => {
      const perPage = within('limit', limit ?? groupsAPage, 1, groupsAPage);
      const from = nextToken === undefined ? 0 : Number(nextToken);
      const all = logs.groupsNamed(String(logGroupNamePrefix));
      const logGroups = all.slice(from, from + perPage).map(({ name, class: logGroupClass, ...group }) => ({
        logGroupName: name,
        logGroupClass,
        arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
        creationTime: group.createdAt,
        retentionInDays: group.retentionDays,
        storedBytes: group.storedBytes,
      }));
      return { logGroups, ...(from + perPage < all.length && { nextToken: String(from + perPage) }) };
    },

    StartQuery: ({ logGroupName, queryString, startTime, endTime, limit = rowsAPage }) => {
      if (typeof logGroupName !== 'string') throw invalid('exactly one of the log group parameters is required');
      const most = logs.settings.knowsPages ? mostRows : rowsAPage;
      return {
        queryId: logs.start({
          groupName: logGroupName,
          text: String(queryString),
          startMs: toMs('startTime', startTime),
          endMs: toMs('endTime', endTime),
          limit: within('limit', limit, 1, most),
        }),
      };
    },

    GetQueryResults: ({ queryId, nextToken, maxItems }) => {
      if (!logs.settings.knowsPages && (nextToken !== undefined || maxItems !== undefined))
        throw invalid('unknown parameter');
      const perPage = within('maxItems', maxItems ?? rowsAPage, 1, rowsAPage);
      const id = String(queryId);
      const read = logs.read(id);
      if (!read) throw new AwsError(400, 'ResourceNotFoundException', `Query ${id} does not exist.`);
      const from = nextToken === undefined ? 0 : readToken(String(nextToken), id, clock);
      const rows = read.rows.slice(from, from + perPage);
      const more = read.status === 'Complete' && logs.settings.knowsPages && from + perPage < read.rows.length;
      return {
        queryLanguage: 'CWLI',
        status: read.status,
        results: rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value }))),
        statistics: read.statistics,
        ...(more && { nextToken: writeToken(id, from + perPage, clock) }),
      };
    },

    StopQuery: ({ queryId }) => {
      logs.stop(String(queryId));
      return { success: true };
    },
  };

  return {
    read: ({ headers, body }) => ({
      name: String(headers['x-amz-target']).replace('Logs_20140328.', ''),
      input: JSON.parse(body),
    }),
    answer: ({ name, input }) => {
      const operation = operations[name];
      if (!operation) throw new AwsError(400, 'UnknownOperationException', name);
      return jsonAnswer(200, operation(input), { contentType });
    },
    refuse: logsRefusal,
  };
}

/** A query that is not understood is refused with its place, if it has one. */
export function logsRefusal(error: AwsError & { startCharOffset?: number }): WireAnswer {
  const { status, code, message, startCharOffset } = error;
  const place = { location: { startCharOffset, endCharOffset: startCharOffset }, message };
  const queryCompileError = startCharOffset === undefined ? undefined : place;
  return jsonAnswer(status, { __type: code, message, queryCompileError }, { contentType });
}

const invalid = (message: string) => new AwsError(400, 'InvalidParameterException', message);

function within(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`1 validation error detected: Value at '${name}' must be between ${least} and ${most}`);
}

/** The service takes seconds as the millisecond that they begin with: https://github.com/aws/aws-sdk/issues/280 */
function toMs(name: string, seconds: unknown): number {
  return within(name, seconds, 0, 253_402_300_799) * 1000;
}

const writeToken = (id: string, from: number, clock: Clock) =>
  Buffer.from(JSON.stringify({ id, from, at: clock.now() })).toString('base64');

function readToken(token: string, queryId: string, clock: Clock): number {
  const { id, from, at } = parsed(token);
  if (id !== queryId || clock.now() - at > tokenMs) throw invalid('The specified nextToken is invalid.');
  return from;
}

function parsed(token: string): { id: string; from: number; at: number } {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString());
  } catch {
    throw invalid('The specified nextToken is invalid.');
  }
}
