import { html } from 'hono/html';
import type { AuditReport } from '../audit/audit-report.ts';
import { statuses } from '../audit/finding.ts';
import type { Markup } from '../page/markup.ts';
import { page } from '../page/page.ts';
import { auditHeader, auditOutcome } from './audit-header.ts';
import { networkMap } from './network-map.ts';
import { behave } from './page-script.ts';
import { style } from './page-style.ts';
import { link, resultsList } from './results-list.ts';
import { shownWords } from './words.ts';

/** The report of an audit as a page that needs nothing else. */
export async function renderAuditPage(report: AuditReport): Promise<string> {
  const { audit, account, region } = report.run;
  const { sign, words } = auditOutcome(report);
  return page({
    title: `${sign} ${audit} ${account} ${region}: ${words}`,
    heading: `${audit} of ${account}, ${region}`,
    ...{ style, behave },
    body: html`<h2 class="unseen">Outcome</h2>${auditHeader(report)}${denied(report)}${networkMap(report)}${resultsList(report)}${others(report)}${checksTable(report)}`,
  });
}

function denied({ denied: reads }: AuditReport): Markup | '' {
  if (reads.length === 0) return '';
  return html`<section aria-labelledby="denied"><h2 id="denied">What could not be read</h2>
    <ul class="plain">${reads.map(({ action, about, message }) => html`<li><code>${action}</code> ${about}: ${message}</li>`)}</ul></section>`;
}

/** What is no result of this run. */
function others({ unseen, leftAlone }: AuditReport): Markup | '' {
  if (unseen.length + leftAlone.length === 0) return '';
  return html`<section aria-labelledby="others"><h2 id="others">Not judged</h2>
    <ul class="plain">${unseen.map(({ id, cluster, resource, reason }) => html`<li>${id} ${cluster} <code>${resource}</code>: wrong before and out of sight now: ${reason}</li>`)}
    ${leftAlone.map(({ cluster, resource, text }) => html`<li>${cluster} <code>${resource}</code>: left alone: ${text}</li>`)}</ul></section>`;
}

function checksTable({ checks, results }: AuditReport): Markup {
  const byCheck = Map.groupBy(results, ({ id }) => id);
  return html`<section aria-labelledby="checks"><h2 id="checks">Checks</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="Table of the checks"><table>
    <caption class="unseen">Each check, and how often it said what; what is waived is counted by its status</caption>
    <thead><tr><th scope="col">Check</th><th scope="col">Severity</th><th scope="col">What it looks for</th>${statuses.map((status) => html`<th scope="col">${shownWords[status]}</th>`)}</tr></thead>
    <tbody>${checks.map(({ id, severity, title, docs }) => {
      const own = byCheck.get(id) ?? [];
      const counts = statuses.map((status) => own.filter((each) => each.status === status).length);
      return html`<tr><th scope="row">${id}</th><td>${severity}</td><td>${title}<br><small>${link(docs)}</small></td>${counts.map((count) => html`<td class="number">${count === 0 ? '' : count}</td>`)}</tr>`;
    })}</tbody></table></div></section>`;
}
