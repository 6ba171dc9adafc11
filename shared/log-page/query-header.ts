import { html } from 'hono/html';
import type { Markup } from '../page/markup.ts';
import { missingParts } from './missing-parts.ts';
import type { QueryView } from './query-view.ts';
import { spanText } from './rows-text.ts';
import { shownValue, withoutUnseen } from './shown-value.ts';

type Tone = 'good' | 'warning' | 'bad' | 'neutral';

/** What came back, whether it is all there is, and of what it is. */
export function queryHeader(view: QueryView): Markup {
  const { query, source, range, span, outcome } = view;
  const { statistics } = outcome;
  const { tone, sign, words } = queryOutcome(view);
  const facts: [string, string][] = [
    ['Query', [query.id, query.name].filter(Boolean).join(' ')],
    ['Log', source],
    ['From', range ? instant(range.startSeconds * 1000) : span ? instant(span.firstMs) : 'the first event'],
    ['To', range ? instant(range.endSeconds * 1000) : span ? instant(span.lastMs) : 'the last event'],
    ...(range && span ? [['The files have', spanText(span)] as [string, string]] : []),
    ...Object.entries(query.parameters),
    ['Events looked at', String(statistics.recordsScanned)],
    ['Events that match', String(statistics.recordsMatched)],
    ['Bytes read', String(statistics.bytesScanned)],
  ];
  return html`<div class="outcome is-${tone}">
      <p class="verdict"><span class="sign" aria-hidden="true">${sign}</span> ${words}</p>
      ${missingParts(view).map((text) => html`<p class="told">${text}</p>`)}
    </div>
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${withoutUnseen(value)}</dd></div>`)}</dl>`;
}

export function queryOutcome(view: QueryView): { tone: Tone; sign: string; words: string } {
  const { outcome, severities = [] } = view;
  const { rows } = outcome;
  const count = rows.length === 1 ? '1 row' : `${rows.length === 0 ? 'No' : rows.length} rows`;
  if (missingParts(view).length > 0) return { tone: 'warning', sign: '!', words: `${count}, and it is not all` };
  const findings = severities.filter(Boolean).length;
  if (findings > 0) return { tone: 'bad', sign: '✗', words: `${count}, ${findings} of them findings` };
  return { tone: 'neutral', sign: '=', words: count };
}

function instant(milliseconds: number): string {
  return shownValue(String(milliseconds), true);
}
