import type { LogEvent } from '../../shared/log-insights-ql/log-event.ts';
import type { LogGroup } from '../../shared/log-query/logs-port.ts';
import type { Clock } from '../../shared/ports.ts';

/** A log group with what was put into it. Instants are epoch milliseconds. */
export interface SandboxLogGroup extends Omit<LogGroup, 'storedBytes'> {
  events: LogEvent[];
}

const dayMs = 86_400_000;

/** What CloudWatch Logs adds to an event, in its own count: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const bytesOf = ({ message }: LogEvent) => Buffer.byteLength(message) + 26;

/** From when on a group has events, in milliseconds since the epoch. */
export function oldestMs({ createdAt, retentionDays }: SandboxLogGroup, clock: Clock): number {
  return retentionDays === undefined ? createdAt : Math.max(createdAt, clock.now() - retentionDays * dayMs);
}

/** What a query of a range reads, its ends epoch milliseconds, both included. */
export function eventsBetween(group: SandboxLogGroup, startMs: number, endMs: number, clock: Clock): LogEvent[] {
  const from = Math.max(startMs, clock.now() - (group.retentionDays ?? Number.POSITIVE_INFINITY) * dayMs);
  return group.events.filter(({ timestampMs }) => timestampMs >= from && timestampMs <= endMs);
}
