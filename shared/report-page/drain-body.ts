import { html, raw } from 'hono/html';
import type { DrainReport } from '../lifecycle/report.ts';
import type { Markup } from '../page/markup.ts';
import { causesList } from './causes-list.ts';
import { drainHeader } from './drain-header.ts';
import { sayDuration, secondsBetween } from './instants.ts';
import { lanesPicture } from './lanes-picture.ts';
import { nodePicture } from './node-picture.ts';
import { spellWords } from './pod-spells.ts';
import { endSecondsOf, type PodView, podViews } from './pod-view.ts';
import { podsTable } from './pods-table.ts';
import { timeAxis } from './time-axis.ts';

/** One drain on a page; `id` is its own there. */
export function drainBody(report: DrainReport, id: string): Markup {
  const pods = podViews(report);
  return html`<div class="drain" id="${id}" data-drain>
    ${drainHeader(report, pods)}
    <section aria-labelledby="${id}-timeline"><h3 id="${id}-timeline">Timeline</h3>${timeline(report, pods)}</section>
    <section aria-labelledby="${id}-causes"><h3 id="${id}-causes">What held pods</h3>${causesList(report)}</section>
    <section aria-labelledby="${id}-pods"><h3 id="${id}-pods">Pods</h3>${podsTable(pods)}</section>
    <section aria-labelledby="${id}-log"><h3 id="${id}-log">Log</h3>${log(report)}</section>
  </div>`;
}

function timeline(report: DrainReport, pods: readonly PodView[]): Markup {
  const deadline = secondsBetween(report.startedAt, report.deadlineAt);
  const axis = timeAxis(endSecondsOf(report), deadline);
  const beyond = deadline !== undefined && deadline > axis.until;
  const kinds = Object.entries(spellWords).filter(([kind]) =>
    pods.some(({ spells }) => spells.some((spell) => spell.kind === kind)),
  );
  return html`<ul class="legend">
      ${kinds.map(([kind, words]) => html`<li><span class="swatch ${kind}"></span>${words}</li>`)}
      ${pods.some(({ forcedAt }) => forcedAt !== undefined) ? html`<li><span class="swatch forced-at"></span>delete</li>` : ''}
      ${pods.some(({ goneAt }) => goneAt !== undefined) ? html`<li><span class="swatch gone"></span>gone</li>` : ''}
      ${beyond ? html`<li class="aside">deadline ${sayDuration(deadline)} after the start, beyond the picture</li>` : ''}
    </ul>
    <div class="scroll picture" role="region" tabindex="0" aria-label="Picture of the timeline">
      <div class="above">${raw(nodePicture(report, axis, deadline))}</div>
      ${pods.length > 0 ? raw(lanesPicture(pods, axis, deadline)) : html`<p class="calm">No pod was seen on the node.</p>`}
    </div>`;
}

function log({ startedAt, timeline }: DrainReport): Markup {
  return html`<details><summary>${timeline.length} entries</summary>
    <table class="log"><caption class="unseen">Everything that was noted, in its order</caption>
    <thead><tr><th scope="col">After</th><th scope="col">What</th><th scope="col">Pod</th><th scope="col">In words</th></tr></thead>
    <tbody>${timeline.map(({ at, what, text, pod }) => {
      const seconds = secondsBetween(startedAt, at);
      return html`<tr><td class="number"><time datetime="${at}" title="${at}">${seconds === undefined ? at : sayDuration(seconds)}</time></td><td>${what}</td><td>${pod ?? ''}</td><td>${text}</td></tr>`;
    })}</tbody></table></details>`;
}
