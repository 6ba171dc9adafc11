import { html } from 'hono/html';
import type { Markup } from '../page/markup.ts';
import { sayDuration } from './instants.ts';
import { outcomeWords, type PodOutcome, podOutcomes } from './pod-outcome.ts';
import type { PodView } from './pod-view.ts';

const columns = ['Pod', 'Outcome', 'Why', 'Asked', 'Held', 'Stopping', 'Gone', 'Held by'];
const mostCauses = 3;
/** So few are laid out at once. */
const fewPods = 100;

/** All pods, to be searched and sorted. */
export function podsTable(pods: readonly PodView[]): Markup {
  const outcomes = podOutcomes.filter((outcome) => pods.some((pod) => pod.outcome === outcome));
  return html`<div class="tools" hidden data-tools>
      <label>Search <input type="search" data-search placeholder="pod, reason, budget …" autocomplete="off" spellcheck="false"></label>
      <label>Outcome <select data-outcome><option value="">all</option>${outcomes.map((outcome) => option(outcome, pods))}</select></label>
      <output data-count aria-live="polite">${pods.length} pods</output>
    </div>
    <div class="scroll" role="region" tabindex="0" aria-label="Table of the pods">
    <table class="pods${pods.length > fewPods ? ' many' : ''}" data-pods>
      <caption class="unseen">Pods of the node, what became of them and what held them</caption>
      <thead><tr>${columns.map((name) => html`<th scope="col" aria-sort="none"><span data-sort>${name}</span></th>`)}</tr></thead>
      <tbody>${pods.map(podRow)}</tbody>
    </table>
    </div>`;
}

function option(outcome: PodOutcome, pods: readonly PodView[]): Markup {
  const count = pods.filter((pod) => pod.outcome === outcome).length;
  return html`<option value="${outcome}">${outcomeWords[outcome]} (${count})</option>`;
}

function podRow({ record, name, outcome, heldSeconds, stopSeconds, goneAt }: PodView, lane: number): Markup {
  const past = record.forcedPast ?? [];
  return html`<tr data-lane="${lane}" data-is="${outcome}">
    <th scope="row"><span class="namespace">${record.namespace}/</span>${record.name.length > 0 ? record.name : name}</th>
    <td data-value="${podOutcomes.indexOf(outcome)}"><span class="badge is-${outcome}">${outcomeWords[outcome]}</span>${past.length > 0 ? html`<small>past ${past.join(', ')}</small>` : ''}</td>
    <td>${record.reason} <small>${record.code}</small></td>
    <td class="number" data-value="${record.evictionsTried}">${record.evictionsTried > 0 ? `${record.evictionsTried}×` : ''}</td>
    ${duration(heldSeconds)}${duration(stopSeconds)}
    <td class="number" data-value="${goneAt ?? ''}">${goneAt === undefined ? '' : sayDuration(goneAt)}</td>
    <td>${record.causes.slice(0, mostCauses).map(({ text, times }) => html`<p>${text}${times > 1 ? html` <small>${times}×</small>` : ''}</p>`)}${
      record.causes.length > mostCauses ? html`<p><small>and ${record.causes.length - mostCauses} more</small></p>` : ''
    }</td>
  </tr>`;
}

function duration(seconds: number): Markup {
  return html`<td class="number" data-value="${seconds}">${seconds > 0 ? sayDuration(seconds) : ''}</td>`;
}
