import { html } from 'hono/html';
import type { Diagnosis } from '../lifecycle/diagnosis.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import type { Markup } from '../page/markup.ts';
import { type CauseGroup, causeGroups } from './cause-groups.ts';
import { sayDuration } from './instants.ts';

const mostNames = 3;
const mostGroups = 50;

/**
 * What was still in the way at the last look, with what to run about it, and all that held pods before, each thing once. Only the diagnosis'
 * own commands are shown as such: the text of a cause may be a webhook's.
 */
export function causesList(report: DrainReport): Markup {
  const { stuck = [] } = report;
  const groups = causeGroups(report);
  const more = groups.length - mostGroups;
  if (stuck.length + groups.length === 0) return html`<p class="calm">Nothing held a pod.</p>`;
  return html`${stuck.length > 0 ? html`<h4>At the last look</h4><ul class="causes">${stuck.map(stuckItem)}</ul>` : ''}
    ${stuck.length > 0 && groups.length > 0 ? html`<h4>All the while</h4>` : ''}
    <ul class="causes">${groups.slice(0, mostGroups).map(groupItem)}</ul>
    ${more > 0 ? html`<p>and ${more} more: the table below has them.</p>` : ''}`;
}

function stuckItem({ code, text, pods, count, command }: Diagnosis): Markup {
  return item(count, code, text, named(pods, count), command);
}

function groupItem({ code, text, pods, times, first, last }: CauseGroup): Markup {
  return item(pods.length, code, text, `${named(pods, pods.length)} · asked ${times}×${when(first, last)}`);
}

function item(count: number, code: string, text: string, who: string, command?: string): Markup {
  return html`<li>
    <p class="count"><strong>${count}</strong> ${count === 1 ? 'pod' : 'pods'}</p>
    <div><p>${text} <small class="code">${code}</small></p>
    <p class="who">${who}</p>
    ${command === undefined ? '' : html`<pre><code>${command}</code></pre>`}</div>
  </li>`;
}

function named(pods: readonly string[], count: number): string {
  const names = pods.slice(0, mostNames);
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}

function when(first: number | undefined, last: number | undefined): string {
  if (first === undefined || last === undefined) return '';
  const [from, to] = [sayDuration(first), sayDuration(last)];
  return from === to ? `, at ${from}` : `, from ${from} to ${to}`;
}
