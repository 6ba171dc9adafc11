import type { TimeRange } from '../log-insights/time-range.ts';
import type { LogGroup } from './logs-port.ts';

const dayMs = 86_400_000;

/**
 * What a query over the range will scan, if the group's logs are spread evenly over the time that it keeps them. An estimate: it says nothing of
 * peaks, and the size of a group is some hours old. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
 */
export function estimateBytes(
  { storedBytes, retentionDays, createdAt }: LogGroup,
  { startSeconds, endSeconds }: TimeRange,
  nowMs: number,
): number {
  const oldestMs = Math.max(createdAt, retentionDays === undefined ? 0 : nowMs - retentionDays * dayMs);
  const ageMs = nowMs - oldestMs;
  if (ageMs <= 0) return storedBytes;
  const overlapMs = Math.min((endSeconds + 1) * 1000, nowMs) - Math.max(startSeconds * 1000, oldestMs);
  return Math.round(storedBytes * (Math.max(0, overlapMs) / ageMs));
}
