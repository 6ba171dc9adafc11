import { stringify } from 'csv-stringify/sync';
import { missingParts } from '../../shared/log-page/missing-parts.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { shownValue, withoutUnseen } from '../../shared/log-page/shown-value.ts';

/**
 * What a spreadsheet would take for a formula is escaped: https://owasp.org/www-community/attacks/CSV_Injection
 * A result that is not all there is says so in its last lines, which are comments.
 */
export function resultCsv(view: QueryView): string {
  const { outcome, instants } = view;
  const { columns, rows } = outcome;
  const cells = rows.map((row) => columns.map((column) => shownValue(row[column], instants.has(column))));
  const marks = missingParts(view).map((text) => [`# partial: ${text}`]);
  return stringify([columns.map(withoutUnseen), ...cells, ...marks], { escape_formulas: true });
}
