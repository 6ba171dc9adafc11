import * as z from 'zod/mini';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { CommandError } from '../command-error.ts';

const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'it is no instant'));
const entry = z.looseObject({ at: instant, what: z.string(), text: z.string(), pod: z.optional(z.string()) });
const cause = z.looseObject({
  code: z.string(),
  text: z.string(),
  firstAt: instant,
  lastAt: instant,
  times: z.int().check(z.minimum(0), z.maximum(1_000_000)),
});
const pod = z.looseObject({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  code: z.string(),
  evictionsTried: z.int().check(z.minimum(0), z.maximum(1_000_000)),
  causes: z.array(cause),
  evictedAt: z.optional(instant),
  forcedAt: z.optional(instant),
  forcedPast: z.optional(z.array(z.string())),
  goneAt: z.optional(instant),
});
const schema = z.looseObject({
  version: z.literal(1),
  execution: z.string(),
  action: z.looseObject({ instanceId: z.string() }),
  cluster: z.optional(z.string()),
  node: z.optional(z.string()),
  startedAt: instant,
  endedAt: z.optional(instant),
  end: z.optional(z.looseObject({ reason: z.string(), text: z.string() })),
  timeline: z.array(entry),
  pods: z.array(pod),
});

/** A report as it was kept; `name` says where, for an error. Throws a CommandError with all that is wrong with it. */
export function readReport(text: string, name: string): DrainReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(withoutUnseen(`${name} is no JSON: ${(cause as Error).message}`), undefined, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return value as DrainReport;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  throw new CommandError(
    withoutUnseen(`${name} is not the report of a drain: ${problems.slice(0, 3).join('; ')}${more}`),
    'Pass what a drain kept: reports/<key>.json of its bucket, or of the folder of `enl drain`.',
  );
}
