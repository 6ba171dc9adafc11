import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { DrainReport } from '../shared/lifecycle/report.ts';
import { reportLines } from '../shared/lifecycle/report-lines.ts';
import type { CliPorts } from './program.ts';

const entry = z.looseObject({ at: z.string(), what: z.string(), text: z.string() });
const cause = z.looseObject({ code: z.string(), text: z.string() });
const pod = z.looseObject({
  namespace: z.string(),
  name: z.string(),
  verdict: z.string(),
  reason: z.string(),
  causes: z.array(cause),
});
const report = z.looseObject({
  version: z.literal(1),
  startedAt: z.string(),
  action: z.looseObject({ instanceId: z.string() }),
  timeline: z.array(entry),
  pods: z.array(pod),
});

/** Throws an Error that names the file and what is wrong with it. */
export function showReport(file: string, output: 'text' | 'json', { out }: CliPorts): void {
  const found = readReport(file);
  out(output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : `${reportLines(found).join('\n')}\n`);
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
