import { html } from 'hono/html';
import { type AuditReport, openBySeverity } from '../audit/audit-report.ts';
import type { Markup } from '../page/markup.ts';
import { sayInstant, severityTones, type Tone } from './words.ts';

/** How it ended, in figures, and of what it is. */
export function auditHeader(report: AuditReport): Markup {
  const { run, counts } = report;
  const { tone, sign, words } = auditOutcome(report);
  const figures: [number, string, Tone][] = [
    ...openBySeverity(report.results).map(([severity, count]): [number, string, Tone] => [
      count,
      severity,
      severityTones[severity],
    ]),
    [counts.UNKNOWN, 'unknown', 'warning'],
    [counts.waived, 'waived', 'neutral'],
    [counts.PASS, 'passed', 'good'],
  ];
  const facts: [string, string][] = [
    ['Audit', run.audit],
    ['Account', run.account],
    ['Region', run.region],
    ['Clusters', run.clusters.join(', ') || 'none'],
    ['Began', sayInstant(run.startedAt)],
    ['Does not apply', String(counts.NOT_APPLICABLE)],
  ];
  return html`<div class="outcome is-${tone}">
      <p class="verdict"><span class="sign" aria-hidden="true">${sign}</span> ${words}</p>
      <p class="told">${run.complete ? 'Everything that was to be looked at could be.' : 'Not complete: something could not be looked at.'}</p>
    </div>
    <ul class="figures">${figures.map(([count, what, is]) => html`<li class="${count > 0 ? `is-${is}` : ''}"><strong>${count}</strong> ${what}</li>`)}</ul>
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function auditOutcome({ counts, run }: AuditReport): { tone: Tone; sign: string; words: string } {
  const count = counts.FAIL + counts.WARN;
  const words = `${count} ${count === 1 ? 'finding' : 'findings'}`;
  if (counts.FAIL > 0) return { tone: 'bad', sign: '✗', words };
  if (counts.WARN > 0) return { tone: 'warning', sign: '!', words };
  return run.complete
    ? { tone: 'good', sign: '✓', words: 'No finding' }
    : { tone: 'warning', sign: '?', words: 'No finding, as far as is known' };
}
