import * as z from 'zod';
import { clusterName, s3Url, topicArn } from '../../shared/settings/readers.ts';
import { auditLog } from './audit-log.ts';
import { flag, isInTime, schedule } from './audit-schedule.ts';

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
  auditLog: auditLog.prefault({}),
});

export type AuditSchedule = z.output<typeof clusterAudit>;
export type SubnetAudit = z.output<typeof subnetAudit>;
