import * as z from 'zod';
import { clusterName, s3Url, topicArn } from '../../shared/settings/readers.ts';
import { hoursBetween, repeatedly, timezone } from './schedule.ts';

const hours = 'expected a whole number from 2 to 168';

const flag = z.boolean('expected true or false');

/** When an audit runs, and how long its success may be missing. */
const schedule = {
  enabled: flag.default(true),
  schedule: repeatedly.default('rate(1 day)'),
  /** UTC without; it counts for cron expressions. */
  timezone: timezone.optional(),
  /** An alarm looks back for seven days at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
  overdueAfterHours: z.int(hours).min(2, hours).max(168, hours).default(50),
};

const clusterAudit = z.strictObject(schedule).superRefine(isInTime);

const subnetAudit = z
  .strictObject({
    ...schedule,
    /** Empty: all of the region, also those that the settings do not name. */
    clusters: z.array(clusterName).default([]),
    /** Also what the clusters' API servers know; without it some checks say UNKNOWN. */
    kubernetes: flag.default(true),
    waivers: z.optional(s3Url),
    /** Is told in words what is new and what is resolved. */
    topicArn: z.optional(topicArn),
    securityHub: flag.default(false),
  })
  .superRefine(isInTime);

/** By the name of the audit. */
export const auditsSchema = z.strictObject({
  clusterAudit: clusterAudit.prefault({}),
  subnetAudit: subnetAudit.prefault({}),
});

export type AuditSchedule = z.output<typeof clusterAudit>;
export type SubnetAudit = z.output<typeof subnetAudit>;

/** It would be overdue although every run succeeds. */
function isInTime(
  { schedule, overdueAfterHours }: { schedule: string; overdueAfterHours: number },
  context: z.core.$RefinementCtx,
): void {
  const between = hoursBetween(schedule);
  if (between === undefined || between < overdueAfterHours) return;
  const message = `expected more than the ${between} hours between two runs`;
  context.addIssue({ code: 'custom', path: ['overdueAfterHours'], message });
}
