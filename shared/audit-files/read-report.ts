import * as z from 'zod';
import type { AuditReport } from '../audit/audit-report.ts';
import { reportSchema } from './report-schema.ts';

/** A report from its JSON; `from` is how messages call it. Throws what is wrong with it, which may be its version. */
export function readReport(text: string, from: string): AuditReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${from} is not whole, or no JSON: ${(cause as Error).message}`, { cause });
  }
  const read = reportSchema.safeParse(value);
  if (!read.success) throw new Error(`${from} is no report of this version:\n${z.prettifyError(read.error)}`);
  // What zod gives back is a copy without the keys that every object has, `__proto__` for one, which a tag may be called.
  return value as AuditReport;
}
