import * as z from 'zod';
import { hoursBetween, repeatedly, timezone } from './schedule.ts';

const hours = 'expected a whole number from 2 to 168';

export const flag = z.boolean('expected true or false');

/** When an audit runs, and how long its success may be missing. */
export const schedule = {
  enabled: flag.default(true),
  schedule: repeatedly.default('rate(1 day)'),
  /** UTC without; it counts for cron expressions. */
  timezone: timezone.optional(),
  /** An alarm looks back for seven days at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
  overdueAfterHours: z.int(hours).min(2, hours).max(168, hours).default(50),
};

/** Says of what would be overdue although every run succeeds that it is wrong. */
export function isInTime(
  { schedule, overdueAfterHours }: { schedule: string; overdueAfterHours: number },
  context: z.core.$RefinementCtx,
): void {
  const between = hoursBetween(schedule);
  if (between === undefined || between < overdueAfterHours) return;
  const message = `expected more than the ${between} hours between two runs`;
  context.addIssue({ code: 'custom', path: ['overdueAfterHours'], message });
}
