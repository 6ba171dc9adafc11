import { html } from 'hono/html';
import type { Markup } from '../page/markup.ts';
import { page } from '../page/page.ts';
import { queryHeader, queryOutcome } from './query-header.ts';
import { queryRows } from './query-rows.ts';
import { behave } from './query-script.ts';
import { style } from './query-style.ts';
import type { AskedFor, QueryView } from './query-view.ts';
import { withoutUnseen } from './shown-value.ts';

/** The result of a query as a page that needs nothing else. */
export async function renderQueryPage(view: QueryView): Promise<string> {
  const { query } = view;
  const { sign, words } = queryOutcome(view);
  const title = withoutUnseen(query.title);
  return page({
    title: `${sign} ${title}: ${words}`,
    heading: title,
    ...{ style, behave },
    body: html`<h2 class="unseen">Outcome</h2>${queryHeader(view)}${queryRows(view)}${about(query)}`,
  });
}

function about({ answers, reading, text }: AskedFor): Markup {
  return html`<section aria-labelledby="about"><h2 id="about">The query</h2>
    ${answers === undefined ? '' : html`<p class="words">${withCode(answers)}</p>`}
    ${reading === undefined ? '' : html`<p class="words">${withCode(reading)}</p>`}
    <details><summary>Its text, for CloudWatch Logs Insights</summary><pre>${text.split('\n').map(withoutUnseen).join('\n')}</pre></details></section>`;
}

/** What the catalogue writes between backticks. */
function withCode(text: string): Markup {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${withoutUnseen(part)}</code>` : withoutUnseen(part)))}`;
}
