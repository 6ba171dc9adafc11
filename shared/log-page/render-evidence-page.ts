import { html } from 'hono/html';
import type { Evidence } from '../evidence/evidence.ts';
import { coverageText, identityText, outcomeText } from '../evidence/outcome-text.ts';
import { page } from '../page/page.ts';
import { drainLanes } from './evidence-picture.ts';
import { claimsTable, comparisonTable, differencesList } from './evidence-tables.ts';
import { style as queryStyle } from './query-style.ts';
import { withoutUnseen } from './shown-value.ts';

const looks = {
  shown: { tone: 'good', sign: '✓' },
  differs: { tone: 'bad', sign: '✗' },
  partial: { tone: 'warning', sign: '!' },
  'no-claims': { tone: 'neutral', sign: '=' },
} as const;

/** A drain's report and the audit log side by side, as a page that needs nothing else; `source`: which log. */
export async function renderEvidencePage(evidence: Evidence, source: string): Promise<string> {
  const { node, execution, outcome, cluster } = evidence;
  const { tone, sign } = looks[outcome];
  const name = withoutUnseen(node);
  const facts: [string, string][] = [
    ['Node', node],
    ['Drain', execution ?? '–'],
    ['Cluster', cluster ?? '–'],
    ['Log', source],
  ];
  return page({
    title: `${sign} Evidence of ${name}`,
    heading: `Drain of ${name}: report and audit log`,
    style: `${queryStyle}${style}`,
    behave: () => {},
    body: html`<h2 class="unseen">Outcome</h2><div class="outcome is-${tone}"><p class="verdict"><span class="sign" aria-hidden="true">${sign}</span> ${withoutUnseen(outcomeText(evidence))}</p>${[...identityText(evidence), ...coverageText(evidence)].map((text) => html`<p class="told">${withoutUnseen(text)}</p>`)}</div>
    <dl class="facts">${facts.map(([fact, value]) => html`<div><dt>${fact}</dt><dd>${withoutUnseen(value)}</dd></div>`)}</dl>
    ${differencesList(evidence)}${comparisonTable(evidence)}${drainLanes(evidence.pictures)}${claimsTable(evidence)}`,
  });
}

const style = `
h3 { font-size: 13px; margin: 14px 0 4px; overflow-wrap: anywhere; }
ul.plain { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; overflow-wrap: anywhere; }
.lanes { display: block; font-size: 12px; fill: var(--text); }
.lanes .name { text-anchor: end; }
.lanes .tick { text-anchor: middle; fill: var(--muted); font-size: 11px; }
.lanes .grid { stroke: var(--faint); }
.lanes .asked { stroke: var(--muted); stroke-width: 2; }
.lanes .evicted { fill: var(--good); }
.lanes .past { fill: var(--bad); }
.lanes .left { fill: var(--panel); stroke: var(--muted); stroke-width: 2; }
.lanes .node { fill: light-dark(#0969da, #4493f8); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 12px; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-left: 8px; }
.k-line { height: 2px; width: 16px; border-radius: 0; background: var(--muted); }
.k-evicted { background: var(--good); }
.k-past { background: var(--bad); }
.k-left { border: 2px solid var(--muted); }
.k-node { border-radius: 0; rotate: 45deg; background: light-dark(#0969da, #4493f8); }
`;
