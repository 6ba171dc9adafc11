import { html } from 'hono/html';
import { isHookAction } from '../lifecycle/action.ts';
import type { DrainReport } from '../lifecycle/report.ts';
import type { Markup } from '../page/markup.ts';
import { drainOutcome } from './drain-outcome.ts';
import { sayDuration, sayInstant, secondsBetween } from './instants.ts';
import { endSecondsOf, type PodView } from './pod-view.ts';

/** How it ended, in figures, and which drain it is. */
export function drainHeader(report: DrainReport, pods: readonly PodView[]): Markup {
  const { tone, sign, words } = drainOutcome(report);
  const { end } = report;
  return html`<div class="outcome is-${tone}">
      <p class="verdict"><span class="sign" aria-hidden="true">${sign}</span> ${words}${end?.alarm ? html` <span class="badge is-alarm">alarm</span>` : ''}</p>
      <p class="sentence">${end ? `${end.text}.` : 'The drain had not ended when this was written.'}</p>
      <p class="told">${told(report)}</p>
    </div>
    <ul class="figures">${figures(report, pods).map(([figure, what, is]) => html`<li class="${is}"><strong>${figure}</strong> ${what}</li>`)}</ul>
    <dl class="facts">${facts(report).map(([name, value]) => (value === undefined ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`;
}

function told({ action, end }: DrainReport): string {
  const code = end ? `${end.reason}${end.code === undefined ? '' : `, ${end.code}`}` : 'no end yet';
  if (!isHookAction(action)) return `Reason: ${code}.`;
  const completion = end?.completion ? `Auto Scaling was told ${end.completion}` : 'Auto Scaling was told nothing';
  return `${completion}. Reason: ${code}.`;
}

function figures(report: DrainReport, pods: readonly PodView[]): [string | number, string, string][] {
  const count = (test: (pod: PodView) => boolean) => pods.filter(test).length;
  const forced = count(({ outcome }) => outcome === 'forced');
  const left = count(({ outcome }) => outcome === 'left' || outcome === 'blocked' || outcome === 'stuck');
  const held = count(({ heldSeconds }) => heldSeconds > 0);
  return [
    [sayDuration(endSecondsOf(report)), report.end ? 'it took' : 'so far', ''],
    [pods.length, 'pods on the node', ''],
    [count(({ outcome }) => outcome === 'evicted'), 'evicted', ''],
    [held, 'held', held > 0 ? 'is-warning' : ''],
    [forced, 'deleted by force', forced > 0 ? 'is-bad' : ''],
    [left, 'not gone', left > 0 ? 'is-bad' : ''],
    [count(({ outcome }) => outcome === 'stays'), 'stay', ''],
  ];
}

function facts(report: DrainReport): [string, string | undefined][] {
  const { action, startedAt, deadlineAt, pods } = report;
  const deadline = secondsBetween(startedAt, deadlineAt);
  const budgets = [...new Set(pods.flatMap(({ forcedPast }) => forcedPast ?? []))];
  return [
    ['Node', report.node ?? 'none found'],
    ['Cluster', report.cluster ?? 'none found'],
    ['Instance', action.instanceId],
    ...(isHookAction(action)
      ? ([
          ['Group', action.groupName],
          ['Hook', action.hookName],
        ] as [string, string][])
      : ([['Asked by', askedBy(action)]] as [string, string][])),
    ['Account', `${action.account} ${action.region}`.trim() || undefined],
    ['Started', sayInstant(startedAt)],
    ['Ended', report.endedAt === undefined ? undefined : sayInstant(report.endedAt)],
    [
      'Deadline',
      deadlineAt === undefined
        ? undefined
        : `${sayInstant(deadlineAt)}${deadline === undefined ? '' : `, ${sayDuration(deadline)} after the start`}`,
    ],
    ['Heartbeats', report.heartbeats.length > 0 ? String(report.heartbeats.length) : undefined],
    ['Deleted past', budgets.length > 0 ? budgets.join(', ') : undefined],
    ['Execution', report.execution],
  ];
}

function askedBy(action: Exclude<DrainReport['action'], { token: string }>): string {
  if (action.kind === 'manual') return action.requestedBy ?? 'a person';
  return `${action.kind}${action.detail === undefined ? '' : `: ${action.detail}`}`;
}
