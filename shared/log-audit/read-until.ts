import type { TimeRange } from '../log-insights/time-range.ts';
import type { KeptPart } from '../log-query/put-together.ts';
import type { QueryState } from '../log-query/query-state.ts';

/**
 * Up to which second a query read its range without leaving one out, so that the next run can go on from there; undefined: not even its first.
 * A second with more rows than the service gives is read as far as it ever can be.
 */
export function readUntil(
  { startSeconds }: TimeRange,
  kept: readonly Pick<KeptPart, 'range'>[],
  { cut, stopped }: Pick<QueryState, 'cut' | 'stopped'>,
): number | undefined {
  let next = startSeconds;
  for (const { range } of kept.toSorted((a, b) => a.range.startSeconds - b.range.startSeconds)) {
    // What was too dear to be split was kept all the same.
    if (stopped?.code === 'byte-limit' && cut && range.startSeconds >= cut.first.startSeconds) break;
    if (range.startSeconds <= next) next = Math.max(next, range.endSeconds + 1);
  }
  return next > startSeconds ? next - 1 : undefined;
}
