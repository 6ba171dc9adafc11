import { describe, expect, it } from 'vitest';
import {
  type AuditLogSettings,
  auditLogEnvironment,
  parseAuditLogSettings,
} from '../../../shared/settings/audit-log.ts';

const defaults: AuditLogSettings = {
  ...{ clusterNames: [], queries: [], waivers: undefined, topicArn: undefined, securityHub: false },
  ...{ reportBucket: 'reports', logLevel: 'info', cloudTrailLogGroup: undefined },
  ...{ firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10, maxGigabytes: 100 },
};

describe('the settings of the audit of logs', () => {
  it('need no more than a bucket', () => {
    expect(parseAuditLogSettings({ ENL_REPORT_BUCKET: 'reports' })).toEqual(defaults);
  });

  it.each<Partial<AuditLogSettings>>([
    {},
    {
      ...{ clusterNames: ['a', 'b'], queries: ['Q20', 'exec', 'eviction-refused'], securityHub: true },
      ...{ waivers: 's3://settings/log/waivers.yaml', topicArn: 'arn:aws:sns:eu-west-1:123456789012:log' },
      cloudTrailLogGroup: 'org/trail_1.x#-a',
      ...{ firstWindowHours: 1, overlapMinutes: 0, deliveryLagMinutes: 60, maxGigabytes: 5, logLevel: 'debug' },
    },
  ])('read back as they were written: %o', (changes) => {
    const settings = { ...defaults, ...changes };
    expect(parseAuditLogSettings(auditLogEnvironment(settings))).toEqual(settings);
  });

  it('are wrong all at once', () => {
    const environment = {
      ...{ ENL_QUERIES: 'Q20,Q05 | limit 1', ENL_FIRST_WINDOW_HOURS: '0', ENL_OVERLAP_MINUTES: '-1' },
      ...{ ENL_DELIVERY_LAG_MINUTES: '61', ENL_MAX_GIGABYTES: '1e3', ENL_KUBERNETES: 'true' },
    };
    expect(() => parseAuditLogSettings(environment)).toThrow(
      /ENL_QUERIES: entry 2[\s\S]*ENL_FIRST_WINDOW_HOURS[\s\S]*ENL_OVERLAP_MINUTES[\s\S]*ENL_DELIVERY_LAG_MINUTES[\s\S]*ENL_MAX_GIGABYTES[\s\S]*ENL_KUBERNETES: not a setting[\s\S]*ENL_REPORT_BUCKET: is missing/,
    );
  });
});
