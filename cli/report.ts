import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { DrainReport } from '../shared/lifecycle/report.ts';
import { reportLines } from '../shared/lifecycle/report-lines.ts';
import type { CliPorts } from './program.ts';

const entry = z.looseObject({ at: z.string(), what: z.string(), text: z.string() });
const cause = z.looseObject({
  code: z.string(),
  text: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  times: z.number(),
});
const pod = z.looseObject({
  namespace: z.string(),
  name: z.string(),
  verdict: z.string(),
  reason: z.string(),
  evictionsTried: z.number(),
  causes: z.array(cause),
});
const report = z.looseObject({
  version: z.literal(1),
  startedAt: z.string(),
  action: z.looseObject({ instanceId: z.string() }),
  heartbeats: z.array(z.string()),
  timeline: z.array(entry),
  pods: z.array(pod),
});

export interface ReportOptions {
  output: 'text' | 'json';
  /** A page is written there instead; - is standard output. */
  html?: string;
}

/** One report, or several one below the other. Throws an Error that names the file and what is wrong with it. */
export async function showReports(
  files: readonly string[],
  { output, html }: ReportOptions,
  { out }: CliPorts,
): Promise<void> {
  const found = files.map(readReport);
  if (html !== undefined) {
    const page = await pageOf(found);
    if (html === '-') out(page);
    else writePage(page, html);
    return;
  }
  for (const one of found) {
    out(output === 'json' ? `${JSON.stringify(one, null, 2)}\n` : `${reportLines(one).join('\n')}\n`);
  }
}

/** What draws is loaded only when it is asked for. */
async function pageOf(reports: readonly DrainReport[]): Promise<string> {
  const [first] = reports;
  if (first && reports.length === 1) {
    return (await import('../shared/report-page/render-report-page.ts')).renderReportPage(first);
  }
  return (await import('../shared/report-page/render-roll-page.ts')).renderRollPage(reports);
}

function writePage(page: string, file: string): void {
  try {
    writeFileSync(file, page);
  } catch (cause) {
    throw new Error(`writing ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  process.stderr.write(`enl: the page is in ${file}\n`);
}

function readReport(file: string): DrainReport {
  const name = file === '-' ? 'standard input' : file;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (cause) {
    throw new Error(`reading ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const parsed = report.safeParse(value);
  if (parsed.success) return value as DrainReport;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new Error(`${name} is not the report of a drain: ${problems.join('; ')}`);
}
