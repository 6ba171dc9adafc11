import { rangeText } from '../log-query/unread-text.ts';
import type { QueryView } from './query-view.ts';

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

export const spanText = ({ firstMs, lastMs }: NonNullable<QueryView['span']>): string =>
  `${instant(firstMs)} to ${instant(lastMs)}`;

/** Of a result without rows: what was read, so that nobody takes another hour or another file for a cluster in which nothing happened. */
export function noRowsText({ outcome, range, span }: QueryView): string {
  const { recordsScanned } = outcome.statistics;
  if (recordsScanned === 0) return 'No rows.';
  const events = recordsScanned === 1 ? 'The one event' : `None of the ${recordsScanned} events`;
  const fits = recordsScanned === 1 ? 'does not fit' : 'fits';
  const when = range ? `of ${rangeText(range)}` : span ? `from ${spanText(span)}` : 'that were read';
  const beyond = range && span ? ` The files have events from ${spanText(span)}.` : '';
  return `No rows. ${events} ${when} ${fits}.${beyond}`;
}
