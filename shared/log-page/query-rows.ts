import { html } from 'hono/html';
import type { Markup } from '../page/markup.ts';
import type { QueryView } from './query-view.ts';
import { noRowsText } from './rows-text.ts';
import { shownValue, withoutUnseen } from './shown-value.ts';

/** A browser takes seconds over more of them. */
const mostRows = 5_000;
/** A column with a longer value is given room. */
const longCharacters = 60;

const tones: Readonly<Record<string, string>> = { critical: 'bad', high: 'bad', medium: 'warning' };

/** The rows, to be searched and sorted where there is a script. */
export function queryRows(view: QueryView): Markup {
  const { outcome, instants, severities } = view;
  const { columns, rows } = outcome;
  if (rows.length === 0) return html`<section><h2>Rows</h2><p class="calm">${noRowsText(view)}</p></section>`;
  const first = rows.slice(0, mostRows);
  const cells = first.map((row) => columns.map((column) => shownValue(row[column], instants.has(column))));
  const isLong = columns.map((_, at) => cells.some((row) => (row[at]?.length ?? 0) > longCharacters));
  const isNumber = columns.map((_, at) => cells.every((row) => /^-?[\d.]*$/.test(row[at] ?? '')));
  const isInstant = columns.map((column) => instants.has(column));
  const kind = (at: number) => (isLong[at] ? 'long' : isNumber[at] || isInstant[at] ? 'number' : '');
  const left = rows.length - first.length;
  return html`<section aria-labelledby="rows"><h2 id="rows">Rows</h2>
    <div class="tools" hidden data-tools>
      <label>Search <input type="search" data-search placeholder="a name, a code, a client …" autocomplete="off" spellcheck="false"></label>
      <output data-count aria-live="polite"></output>
    </div>
    ${left > 0 ? html`<p class="calm">These are the first ${mostRows}: ${left} more are in the result as JSON or CSV.</p>` : ''}
    <div class="scroll" role="region" tabindex="0" aria-label="Table of the rows"><table>
    <caption class="unseen">The rows of the result; the buttons in the headings sort them</caption>
    <thead><tr>${severities ? heading('finding', '') : ''}${columns.map((column, at) => heading(column, kind(at)))}</tr></thead>
    <tbody data-rows>${cells.map((row, number) => html`<tr>${severities ? html`<td>${badge(severities[number])}</td>` : ''}${row.map((cell, at) => html`<td class="${kind(at)}">${cell}</td>`)}</tr>`)}</tbody>
    </table></div></section>`;
}

function heading(name: string, kind: string): Markup {
  return html`<th scope="col" data-sort class="${kind}"><button type="button">${withoutUnseen(name)}</button></th>`;
}

function badge(severity: string | undefined): Markup | '' {
  return severity === undefined ? '' : html`<span class="badge is-${tones[severity] ?? 'neutral'}">${severity}</span>`;
}
