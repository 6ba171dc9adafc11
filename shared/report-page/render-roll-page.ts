import { html, raw } from 'hono/html';
import type { DrainReport } from '../lifecycle/report.ts';
import type { Markup } from '../page/markup.ts';
import { page } from '../page/page.ts';
import { drainBody } from './drain-body.ts';
import { drainOutcome } from './drain-outcome.ts';
import { sayDuration, sayInstant, secondsBetween } from './instants.ts';
import { behave } from './page-script.ts';
import { style } from './page-style.ts';
import { endSecondsOf, podViews } from './pod-view.ts';
import { rollPicture } from './roll-picture.ts';

/** Several drains that belong together, in the order in which they began: a row and a bar each, and each of them whole below. */
export async function renderRollPage(drains: readonly DrainReport[], heading = 'Drains of a roll'): Promise<string> {
  const reports = drains.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const startedAt = reports[0]?.startedAt ?? '';
  return page({
    title: `${heading}: ${reports.length}`,
    ...{ heading, style, behave },
    body: html`<p>${summary(reports)}</p>
    <section aria-labelledby="roll-timeline"><h2 id="roll-timeline">Timeline</h2>
      <div class="scroll picture" role="region" tabindex="0" aria-label="Picture of the timeline">${raw(rollPicture(reports, startedAt))}</div>
    </section>
    <section aria-labelledby="roll-nodes"><h2 id="roll-nodes">Nodes</h2>${nodesTable(reports, startedAt)}</section>
    <div class="nodes">${reports.map(nodeDetails)}</div>`,
  });
}

function summary(reports: readonly DrainReport[]): string {
  const counts = new Map<string, number>();
  for (const report of reports) {
    const { words } = drainOutcome(report);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${words}: ${count}`).join(' · ') || 'No drain.';
}

const columns = ['Node', 'Outcome', 'Began', 'Took', 'Evicted', 'Held', 'By force', 'In words'];

function nodesTable(reports: readonly DrainReport[], startedAt: string): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Table of the nodes"><table class="roll">
    <caption class="unseen">One row a node, with its outcome</caption>
    <thead><tr>${columns.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
    <tbody>${reports.map((report, i) => nodeRow(report, i, startedAt))}</tbody>
  </table></div>`;
}

function nodeRow(report: DrainReport, i: number, startedAt: string): Markup {
  const { tone, sign, words } = drainOutcome(report);
  const pods = podViews(report);
  const count = (test: (pod: (typeof pods)[number]) => boolean) => pods.filter(test).length || '';
  const began = secondsBetween(startedAt, report.startedAt);
  return html`<tr>
    <th scope="row"><a href="#drain-${i}">${nameOf(report)}</a></th>
    <td><span class="badge is-${tone}">${sign} ${words}</span></td>
    <td class="number">${began === undefined ? sayInstant(report.startedAt) : sayDuration(began)}</td>
    <td class="number">${sayDuration(endSecondsOf(report))}</td>
    <td class="number">${count(({ outcome }) => outcome === 'evicted')}</td>
    <td class="number">${count(({ heldSeconds }) => heldSeconds > 0)}</td>
    <td class="number">${count(({ outcome }) => outcome === 'forced')}</td>
    <td>${report.end?.text ?? ''}</td>
  </tr>`;
}

function nodeDetails(report: DrainReport, i: number): Markup {
  const { sign, words } = drainOutcome(report);
  return html`<details><summary>${sign} ${nameOf(report)}: ${words}</summary>${drainBody(report, `drain-${i}`)}</details>`;
}

function nameOf({ node, action }: DrainReport): string {
  return node ?? action.instanceId;
}
