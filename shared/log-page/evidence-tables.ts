import { html } from 'hono/html';
import { refusedText } from '../evidence/comparison.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Markup } from '../page/markup.ts';
import { withoutUnseen } from './shown-value.ts';

/** What report and log do not agree about, and what nobody can say. */
export function differencesList({ differences, doubts }: Evidence): Markup {
  return html`${
    differences.length === 0
      ? ''
      : html`<section aria-labelledby="differences"><h2 id="differences">Differences</h2><ul class="plain">${differences.map(
          ({ code, about, at, text, auditId }) =>
            html`<li class="is-bad"><span class="badge">${code}</span> <code>${withoutUnseen(about)}</code> ${withoutUnseen(text)} <small>${at ?? ''}${auditId === undefined ? '' : ` auditID ${withoutUnseen(auditId)}`}</small></li>`,
        )}</ul></section>`
  }${
    doubts.length === 0
      ? ''
      : html`<section aria-labelledby="doubts"><h2 id="doubts">Not judged</h2><ul class="plain">${doubts.map(
          ({ code, text }) =>
            html`<li class="is-warning"><span class="badge">${code}</span> ${withoutUnseen(text)}</li>`,
        )}</ul></section>`
  }`;
}

const headings = [
  'Who',
  'Started',
  'To cordon',
  'Label',
  'Evicted',
  'Refused',
  'Deleted past refusal',
  'Deleted unasked',
  'Node deleted',
  'Took',
];

/** A row for the report and one for each who drained the node, by the log. */
export function comparisonTable({ comparison }: Evidence): Markup {
  const seconds = (value: number | undefined) => (value === undefined ? '–' : `${value} s`);
  const count = (value: number) => (value === 0 ? '–' : String(value));
  return html`<section aria-labelledby="drains"><h2 id="drains">Who drained the node</h2>${
    comparison.length === 0
      ? html`<p class="calm">Nobody, in that time.</p>`
      : html`<div class="scroll" role="region" tabindex="0" aria-label="Drains of the node"><table><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>${comparison.map(
          (
            row,
          ) => html`<tr><th scope="row">${row.source === 'report' ? 'the report' : withoutUnseen(row.name)}<br><small>${withoutUnseen(row.user)} ${withoutUnseen(row.agent)}</small></th>
          <td class="number">${row.startedAt.slice(0, 19)}Z</td><td class="number">${seconds(row.secondsToCordon)}</td><td>${row.label ? 'yes' : '–'}</td><td class="number">${count(row.podsEvicted)}</td>
          <td class="number">${row.refusals === 0 ? '–' : refusedText(row.podsRefused, row.refusals)}</td><td class="number">${count(row.deletedPastRefusal)}</td><td class="number">${count(row.deletedUnasked)}</td>
          <td>${row.nodeDeleted ? 'yes' : '–'}</td><td class="number">${seconds(row.durationSeconds)}</td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
}

const tones = { shown: 'good', differs: 'bad', 'not-judged': 'warning' } as const;
const words = { shown: 'in the log', differs: 'differs', 'not-judged': 'not judged' } as const;

/** Every claim of the report, and the event that shows it. */
export function claimsTable({ claims }: Evidence): Markup | '' {
  if (claims.length === 0) return '';
  const iso = (at: number | undefined) => (at === undefined || !Number.isFinite(at) ? '' : new Date(at).toISOString());
  return html`<section aria-labelledby="claims"><h2 id="claims">What the report claims</h2><div class="scroll" role="region" tabindex="0" aria-label="Claims"><table>
    <thead><tr>${['', 'About', 'Claim', 'Answer', 'Noted', 'In the log', 'Answered', 'auditID'].map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
    <tbody>${claims.map(
      ({ claim, state, at, code, auditId }) =>
        html`<tr class="is-${tones[state]}"><td><span class="badge">${words[state]}</span></td><td>${withoutUnseen(claim.about)}</td><td class="long">${withoutUnseen(claim.text)}</td><td class="number">${claim.codes}</td><td class="number">${iso(claim.from)}</td><td class="number">${iso(at)}</td><td class="number">${code ?? ''}</td><td><code>${withoutUnseen(auditId ?? '')}</code></td></tr>`,
    )}</tbody></table></div></section>`;
}
