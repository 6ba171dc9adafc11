import type { TimeRange } from '../log-insights/time-range.ts';

/** More than anyone looks up. */
const shownRanges = 3;

const instant = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export const rangeText = ({ startSeconds, endSeconds }: TimeRange): string =>
  startSeconds === endSeconds ? instant(startSeconds) : `${instant(startSeconds)} to ${instant(endSeconds)}`;

/** Which parts of the range are not in the result, for a person; nothing when there are none. */
export function unreadText(ranges: readonly TimeRange[]): string[] {
  if (ranges.length === 0) return [];
  const joined: TimeRange[] = [];
  for (const range of [...ranges].sort((left, right) => left.startSeconds - right.startSeconds)) {
    const last = joined.at(-1);
    if (last && last.endSeconds + 1 === range.startSeconds) last.endSeconds = range.endSeconds;
    else joined.push({ ...range });
  }
  const more = joined.length > shownRanges ? `, and ${joined.length - shownRanges} more` : '';
  return [`not read: ${joined.slice(0, shownRanges).map(rangeText).join(', ')}${more}`];
}
