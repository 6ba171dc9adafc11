import { html } from 'hono/html';
import type { DrainReport } from '../lifecycle/report.ts';
import { drainBody } from './drain-body.ts';
import { drainOutcome } from './drain-outcome.ts';
import { page } from './page-shell.ts';

/** The report of one drain as a page that needs nothing else. */
export async function renderReportPage(report: DrainReport): Promise<string> {
  const name = report.node ?? report.action.instanceId;
  const { sign, words } = drainOutcome(report);
  return page(
    `${sign} ${name}: ${words}`,
    `Drain of ${name}`,
    html`<h2 class="unseen">Outcome</h2>${drainBody(report, 'drain')}`,
  );
}
