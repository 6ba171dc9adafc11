import type { Row } from '../log-insights/query.ts';
import { millisecondsIn } from '../log-insights/row-values.ts';

/** From when to when the log has events. Epoch milliseconds, both ends included. */
export interface Stretch {
  from: number;
  to: number;
}

/** An API server of EKS writes several events a second: this long without one, and some are missing. */
export const longestSilenceMilliseconds = 90_000;

/** What the log covers, oldest first, from the rows of `coverageQuery`. */
export function stretchesOf(rows: readonly Row[]): Stretch[] {
  const minutes = rows
    .map((row) => ({ from: millisecondsIn(row, 'first'), to: millisecondsIn(row, 'last') }))
    .filter(({ from, to }) => !Number.isNaN(from) && !Number.isNaN(to))
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  for (const minute of minutes) {
    const last = stretches.at(-1);
    if (last && minute.from - last.to <= longestSilenceMilliseconds) last.to = Math.max(last.to, minute.to);
    else stretches.push({ ...minute });
  }
  return stretches;
}

/** Has the log all of this time? */
export function covers(stretches: readonly Stretch[], { from, to }: Stretch): boolean {
  return stretches.some((each) => each.from <= from && to <= each.to);
}
