import { html } from 'hono/html';
import type { DrainReport } from '../lifecycle/report.ts';
import { page } from '../page/page.ts';
import { drainBody } from './drain-body.ts';
import { drainOutcome } from './drain-outcome.ts';
import { behave } from './page-script.ts';
import { style } from './page-style.ts';

/** The report of one drain as a page that needs nothing else. */
export async function renderReportPage(report: DrainReport): Promise<string> {
  const name = report.node ?? report.action.instanceId;
  const { sign, words } = drainOutcome(report);
  return page({
    title: `${sign} ${name}: ${words}`,
    heading: `Drain of ${name}`,
    ...{ style, behave },
    body: html`<h2 class="unseen">Outcome</h2>${drainBody(report, 'drain')}`,
  });
}
