import type { TimeRange } from '../log-insights/time-range.ts';

/**
 * So many parts of about the same length, the earliest first; fewer when it has fewer seconds. Both ends of a part belong to it, so the next
 * begins a second later: every second is in one part.
 */
export function splitRange({ startSeconds, endSeconds }: TimeRange, parts: number): TimeRange[] {
  const seconds = endSeconds - startSeconds + 1;
  const count = Math.max(1, Math.min(Math.floor(parts), seconds));
  const startOf = (part: number) => startSeconds + Math.floor((part * seconds) / count);
  return Array.from({ length: count }, (_, part) => ({
    startSeconds: startOf(part),
    endSeconds: startOf(part + 1) - 1,
  }));
}
