import type { Row } from './query.ts';

/** NaN for what is no number or not there: it is neither less nor more than anything. */
export function numberIn(row: Row, column: string): number {
  const text = row[column];
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

/**
 * An instant in milliseconds since the epoch: `min(@timestamp)` and `max(@timestamp)` come as such a number, `@timestamp` itself as a text in UTC
 * without its zone. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
 */
export function millisecondsIn(row: Row, column: string): number {
  const number = numberIn(row, column);
  if (!Number.isNaN(number)) return number;
  return Date.parse(`${(row[column] ?? '').replace(' ', 'T')}Z`);
}

/** From the first to the last of what a row sums up. */
export function spanMinutes(row: Row, first: string, last: string): number {
  return (millisecondsIn(row, last) - millisecondsIn(row, first)) / 60_000;
}

/** Whether the API server did what was asked of it. */
export function succeeded(row: Row, column = 'code'): boolean {
  return numberIn(row, column) < 400;
}

/** What these columns say, without those that say nothing. */
export function joined(row: Row, separator: string, ...columns: string[]): string {
  return columns.flatMap((column) => (row[column] && row[column] !== '-' ? [row[column]] : [])).join(separator);
}
