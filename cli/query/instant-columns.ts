import { compileQuery } from '../../shared/log-insights-ql/compile-query.ts';

/** `max(@timestamp) as last`, for a text that only CloudWatch understands. */
const ofTimestamp = /\b(?:min|max|earliest|latest)\(\s*@timestamp\s*\)(?:\s+as\s+([\w.@]+))?/gi;

/** Those of the columns of a result whose values are instants. */
export function instantColumns(text: string): ReadonlySet<string> {
  try {
    const { columns } = compileQuery(text);
    return new Set(columns.filter(({ instant }) => instant).map(({ name }) => name));
  } catch {
    // CloudWatch knows more of its language than is known here.
    return new Set(['@timestamp', ...[...text.matchAll(ofTimestamp)].map(([whole, name]) => name ?? whole)]);
  }
}
