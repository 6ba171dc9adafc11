import type { TimeRange } from '../log-insights/time-range.ts';

/** `2026-11-21T09:00:00Z to 2026-11-21T10:00:00Z`. */
export function sayRange({ startSeconds, endSeconds }: TimeRange): string {
  const say = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return `${say(startSeconds)} to ${say(endSeconds)}`;
}
