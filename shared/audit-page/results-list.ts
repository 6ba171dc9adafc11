import { html } from 'hono/html';
import type { AuditReport } from '../audit/audit-report.ts';
import { severities } from '../audit/finding.ts';
import { isPlain, shortResource } from '../audit/render/plain-text.ts';
import { type AuditResult, isOpen } from '../audit/result.ts';
import type { Markup } from '../page/markup.ts';
import { type Shown, sayInstant, severityTones, shownAs, shownTones, shownWords } from './words.ts';

/** More of them are folded: a page that is all commands is not read. */
const mostUnfolded = 12;
/** With more results than this, what is well has a line and no evidence: a browser takes seconds over what nobody opens. */
const mostDetailed = 2_000;

/** All results, to be searched and narrowed; what needs somebody is shown first and, where there is a script, alone. */
export function resultsList({ results, checks }: AuditReport): Markup {
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const shown = (Object.keys(shownWords) as Shown[]).filter((each) =>
    results.some((result) => shownAs(result) === each),
  );
  const clusters = [...new Set(results.map(({ cluster }) => cluster).filter((cluster) => cluster !== ''))];
  const used = severities.filter((severity) => results.some((each) => each.severity === severity));
  const brief = results.length > mostDetailed;
  const unfolded = new Set(results.filter(isOpen).slice(0, mostUnfolded));
  return html`<section aria-labelledby="results"><h2 id="results">Results</h2>
    <div class="tools" hidden data-tools>
      <label>Search <input type="search" data-search placeholder="resource, check, words …" autocomplete="off" spellcheck="false"></label>
      <label>Status <select data-choice="status"><option value="to-do">to do</option><option value="">all</option>${shown.map((each) => html`<option value="${each}">${shownWords[each]}</option>`)}</select></label>
      <label>Severity <select data-choice="severity"><option value="">all</option>${used.map((each) => html`<option value="${each}">${each}</option>`)}</select></label>
      <label>Cluster <select data-choice="cluster"><option value="">all</option>${clusters.map((each) => html`<option value="${each}">${each}</option>`)}</select></label>
      <output data-count aria-live="polite">${results.length} results</output>
    </div>
    ${brief ? html`<p class="calm">What was seen of that which is well is in the report's JSON.</p>` : ''}
    <div class="results">${results.map((result) =>
      brief && isWell(result) ? shortRow(result) : row(result, titles.get(result.id), unfolded.has(result)),
    )}</div>
  </section>`;
}

function isWell({ status }: AuditResult): boolean {
  return status === 'PASS' || status === 'NOT_APPLICABLE';
}

function row(result: AuditResult, title: string | undefined, unfolded: boolean): Markup {
  const { severity, cluster } = result;
  return html`<details class="result" data-result data-status="${shownAs(result)}" data-severity="${severity}" data-cluster="${cluster}" ${unfolded ? 'open' : ''}>
    <summary class="line">${line(result)}</summary>
    <div class="more">${title === undefined ? '' : html`<p>${title}</p>`}${more(result)}</div>
  </details>`;
}

function shortRow(result: AuditResult): Markup {
  const { severity, cluster } = result;
  return html`<div class="result line" data-result data-status="${shownAs(result)}" data-severity="${severity}" data-cluster="${cluster}">${line(result)}</div>`;
}

function line(result: AuditResult): Markup {
  const { id, severity, cluster, resource, matter, reason } = result;
  const shown = shownAs(result);
  const tone = isOpen(result) ? severityTones[severity] : 'neutral';
  return html`<span><span class="badge is-${shownTones[shown]}">${shownWords[shown]}</span></span><span><span class="badge is-${tone}">${severity}</span></span><span>${id}</span><span class="wide">${cluster}</span><span class="wide resource">${shortResource(resource)}${matter === undefined ? '' : html` <small>${matter}</small>`}</span><span class="wide">${reason}</span>`;
}

function more({ resource, evidence, remediation, fingerprint, since, waived }: AuditResult): Markup {
  const command = remediation?.command;
  const docs = remediation?.docs;
  return html`${waived ? html`<p>Waived by ${waived.by} until ${waived.expires}: ${waived.reason}</p>` : ''}
    ${command === undefined ? '' : html`<div><small>${isPlain(command) ? 'To put it right' : 'To put it right, but not to be pasted: it holds characters that are not shown'}</small><pre><code>${command}</code></pre></div>`}
    ${Object.keys(evidence).length === 0 ? '' : html`<div><small>What was seen</small><pre>${JSON.stringify(evidence, null, 2)}</pre></div>`}
    <p><small>${resource}${since === undefined ? '' : ` · since ${sayInstant(since)}`} · ${fingerprint.slice(0, 12)}</small></p>
    ${docs === undefined ? '' : html`<p>${link(docs)}</p>`}`;
}

/** Only addresses of the web become links. */
export function link(docs: string): Markup | string {
  return /^https:\/\//.test(docs) && URL.canParse(docs)
    ? html`<a href="${new URL(docs).href}" rel="noreferrer">${docs}</a>`
    : docs;
}
