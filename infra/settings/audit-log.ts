import * as z from 'zod';
import { schedulable } from '../../shared/log-audit/scheduled-queries.ts';
import { findQuery } from '../../shared/log-insights/catalogue.ts';
import { clusterName, logGroupName, s3Url, topicArn } from '../../shared/settings/readers.ts';
import { flag, isInTime, schedule } from './audit-schedule.ts';

const query = z
  .string('expected the id or the name of a query')
  .refine(
    (text) => schedulable.some((each) => each === findQuery(text)),
    `expected one of ${schedulable.map(({ name }) => name).join(', ')}, or its id`,
  );

const queries = z.array(query).superRefine((names, context) => {
  const ids = names.map((name) => findQuery(name)?.id);
  for (const [at, id] of ids.entries()) {
    if (id !== undefined && ids.indexOf(id) < at)
      context.addIssue({ code: 'custom', path: [at], message: `is ${id}, which stands there already` });
  }
});

const wholeNumber = (least: number, most: number) => {
  const expected = `expected a whole number from ${least} to ${most}`;
  return z.int(expected).min(least, expected).max(most, expected);
};

/** Queries of the clusters' audit logs, again and again. */
export const auditLog = z
  .strictObject({
    ...schedule,
    /** Off unless somebody wants it: CloudWatch is paid for by what its queries look through. */
    enabled: flag.default(false),
    /** Empty: all of the region, also those that the settings do not name. */
    clusters: z.array(clusterName).default([]),
    /** Empty: all that can tell a finding. */
    queries: queries.default([]),
    /** Where a CloudTrail trail writes in this account and region; without it nobody asks who changed access entries. */
    cloudTrailLogGroup: z.optional(logGroupName),
    /** How far back a cluster is looked at for the first time. */
    firstWindowHours: wholeNumber(1, 168).default(24),
    /** How much of what a run looked at the next one looks at again, for events that came late. */
    overlapMinutes: wholeNumber(0, 720).default(15),
    /** How long before now a run ends its look: CloudWatch has not got the youngest events yet. */
    deliveryLagMinutes: wholeNumber(0, 60).default(10),
    /** Looked through in a run at most. */
    maxGigabytes: wholeNumber(1, 100_000).default(100),
    waivers: z.optional(s3Url),
    /** Is told in words what is new and what is resolved. */
    topicArn: z.optional(topicArn),
    securityHub: flag.default(false),
  })
  .superRefine(isInTime)
  .superRefine(({ queries, cloudTrailLogGroup }, context) => {
    if (cloudTrailLogGroup !== undefined) return;
    const message = 'asks the log of CloudTrail: say in cloudTrailLogGroup which log group that is';
    for (const [at, name] of queries.entries())
      if (findQuery(name)?.streams.includes('cloudtrail'))
        context.addIssue({ code: 'custom', path: ['queries', at], message });
  });

export type AuditLog = z.output<typeof auditLog>;
