import { stripVTControlCharacters } from 'node:util';
import { missingParts } from '../../shared/log-page/missing-parts.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { noRowsText } from '../../shared/log-page/rows-text.ts';
import { shownValue, withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { fittedTable } from './fitted-table.ts';

export const resultFormats = ['table', 'json', 'csv', 'html'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** The text of a result. What a format needs is loaded only when it is wanted. */
export async function renderResult(view: QueryView, format: ResultFormat, width: number): Promise<string> {
  switch (format) {
    case 'table':
      return tableOf(view, width);
    case 'json':
      return (await import('./result-json.ts')).resultJson(view);
    case 'csv':
      return (await import('./result-csv.ts')).resultCsv(view);
    case 'html':
      return (await import('../../shared/log-page/render-query-page.ts')).renderQueryPage(view);
  }
}

function tableOf(view: QueryView, width: number): string {
  const { outcome, instants } = view;
  const { columns, rows } = outcome;
  const cells = rows.map((row) => columns.map((column) => shownValue(row[column], instants.has(column))));
  const table = rows.length === 0 ? noRowsText(view) : fittedTable(columns.map(withoutUnseen), cells, width);
  const marked = [table, ...missingParts(view).map((text) => `PARTIAL: ${text}`)].join('\n');
  // A file is no terminal, whatever standard output is.
  return `${Number.isFinite(width) ? marked : stripVTControlCharacters(marked)}\n`;
}
