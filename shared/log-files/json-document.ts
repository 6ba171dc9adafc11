import { LogFileError, shown } from './log-file-error.ts';

/** An event of a file that is one JSON value; `index` counts from 1. */
export interface DocumentEvent {
  index: number;
  /** NaN: it is no event. */
  timestampMs: number;
  message: string;
  stream?: string;
}

/** CloudTrail's files, and what `aws logs filter-log-events` and `get-query-results` print. */
const opening = /^\{\s*(?:$|"(?:Records|events|results)"\s*:)/;

export const opensDocument = (line: string) => opening.test(line);

/** The events of it, those before its end if it was cut off. @throws LogFileError */
export function documentEvents(text: string, from: string): { events: DocumentEvent[]; cutOff?: string } {
  const { value, cutOff } = parse(text, from);
  const { Records, events, results, ...rest } = value as Record<string, unknown>;
  const read = Array.isArray(Records)
    ? Records.map(ofCloudTrail)
    : Array.isArray(events)
      ? events.map(ofFilter)
      : Array.isArray(results)
        ? results.map((row, at) => ofQuery(row, at, from))
        : undefined;
  if (!read) throw new LogFileError(`${from} is JSON, but no log: it has no Records, events or results`);
  const missing = cutOff ?? notWhole(rest);
  return { events: read, ...(missing !== undefined && { cutOff: missing }) };
}

/** One page of several, or what a query had found before it was done. */
function notWhole({ status, nextToken, NextToken }: Record<string, unknown>): string | undefined {
  if (typeof status === 'string' && status !== 'Complete')
    return `its query is ${shown(status.slice(0, 40))}, not Complete`;
  return nextToken || NextToken ? 'there is more of it behind its nextToken' : undefined;
}

/** Tries of an end further and further up before a document that was cut off is given up. */
const mostTries = 200;

function parse(text: string, from: string): { value: unknown; cutOff?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    let at = text.length;
    for (let tries = 0; tries < mostTries && at > 0; tries++) {
      at = Math.max(text.lastIndexOf('}', at - 1), text.lastIndexOf(']', at - 1));
      try {
        if (at > 0) return { value: JSON.parse(`${text.slice(0, at + 1)}]}`), cutOff: 'it ends in the middle' };
      } catch {
        // Not the end of an event.
      }
    }
    throw new LogFileError(`${from} is not whole, or no JSON: ${(cause as Error).message}`, { cause });
  }
}

const fieldsOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html */
function ofCloudTrail(record: unknown, at: number): DocumentEvent {
  return {
    index: at + 1,
    timestampMs: Date.parse(String(fieldsOf(record).eventTime)),
    message: JSON.stringify(record),
    stream: 'cloudtrail',
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html */
function ofFilter(event: unknown, at: number): DocumentEvent {
  const { timestamp, message, logStreamName } = fieldsOf(event);
  const isEvent = typeof timestamp === 'number' && typeof message === 'string';
  return {
    index: at + 1,
    timestampMs: isEvent ? timestamp : Number.NaN,
    message: String(message).trimEnd(),
    ...(typeof logStreamName === 'string' && { stream: logStreamName }),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
function ofQuery(row: unknown, at: number, from: string): DocumentEvent {
  const cells = Array.isArray(row) ? row.map(fieldsOf) : [];
  const textOf = (name: string) => cells.find(({ field }) => field === name)?.value;
  const [time, message, stream] = [textOf('@timestamp'), textOf('@message'), textOf('@logStream')];
  if (at === 0 && message === undefined)
    throw new LogFileError(
      `${from} is the result of a query that did not ask for @message: its rows are not events. Ask for fields @timestamp, @message, @logStream`,
    );
  return {
    index: at + 1,
    timestampMs: typeof message === 'string' ? Date.parse(`${String(time).replace(' ', 'T')}Z`) : Number.NaN,
    message: String(message).trimEnd(),
    ...(typeof stream === 'string' && { stream }),
  };
}
