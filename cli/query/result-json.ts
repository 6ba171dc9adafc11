import { missingParts } from '../../shared/log-page/missing-parts.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { seenJson } from './seen-json.ts';

/** Values as CloudWatch gives them: an instant that is an aggregate is in milliseconds since the epoch. */
export function resultJson(view: QueryView): string {
  const { query, source, range, span, outcome, broken } = view;
  const { id, name, title, text, parameters } = query;
  const { columns, rows, statistics, partial } = outcome;
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
  return seenJson({
    query: { ...(id !== undefined && { id }), name, title, parameters, text },
    source,
    range: range ? { start: instant(range.startSeconds * 1000), end: instant(range.endSeconds * 1000) } : null,
    ...(span && { span: { first: instant(span.firstMs), last: instant(span.lastMs) } }),
    columns,
    rows,
    statistics,
    partial: partial ?? null,
    missing: missingParts(view),
    ...(broken && { broken }),
  });
}
