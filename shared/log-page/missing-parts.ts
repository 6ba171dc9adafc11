import { rangeText } from '../log-query/unread-text.ts';
import type { BrokenFile, QueryView } from './query-view.ts';
import { spanText } from './rows-text.ts';
import { withoutUnseen } from './shown-value.ts';

/** What is not in the result, a sentence each; none: it is all there is. */
export function missingParts(view: QueryView): string[] {
  const { outcome, broken = [] } = view;
  const { partial } = outcome;
  return [...(partial ? [partial.text] : nothingRead(view)), ...broken.flatMap(brokenTexts)].map(withoutUnseen);
}

/** What a query of no events answers is no answer. */
function nothingRead({ source, range, span, outcome }: QueryView): string[] {
  if (outcome.statistics.recordsScanned > 0 || outcome.rows.length > 0) return [];
  if (!range) return [`${source} has no event at all`];
  const there = span ? `${source} has them from ${spanText(span)}` : 'it says nothing of that time';
  return [`no event was read of ${rangeText(range)}: ${there}`];
}

export function brokenTexts({ file, count, firstLines, cutOff }: BrokenFile): string[] {
  const more = count > firstLines.length ? ', …' : '';
  const lines = count === 1 ? '1 line is no event and is' : `${count} lines are no events and are`;
  return [
    ...(count > 0 ? [`${file}: ${lines} left out: ${firstLines.join(', ')}${more}`] : []),
    ...(cutOff === undefined ? [] : [`${file} is cut off: ${cutOff}`]),
  ];
}
