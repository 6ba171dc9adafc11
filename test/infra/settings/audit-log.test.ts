import { describe, expect, test } from 'vitest';
import { type AuditLog, auditLog } from '../../../infra/settings/audit-log.ts';
import { readSettings } from '../../../infra/settings/read-settings.ts';
import { schedulable } from '../../../shared/log-audit/scheduled-queries.ts';
import { auditLogEnvironment } from '../../../shared/settings/audit-log.ts';

const problemsIn = (...lines: string[]): string[] => {
  try {
    readSettings(['audits:', '  auditLog:', ...lines.map((line) => `    ${line}`)].join('\n'), 'prod.yaml');
    return [];
  } catch (error) {
    return (error as { problems: string[] }).problems.map((problem) => problem.trim());
  }
};

describe('the section audits.auditLog', () => {
  test('is off where nobody turns it on', () => {
    expect(auditLog.parse({})).toEqual({
      ...{ enabled: false, schedule: 'rate(1 day)', overdueAfterHours: 50, clusters: [], queries: [] },
      ...{ firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10, maxGigabytes: 100, securityHub: false },
    });
  });

  test('says what is wrong in each line', () => {
    expect(
      problemsIn(
        'enabled: maybe',
        'schedule: daily',
        'timezone: Europe/Entenhausen',
        'overdueAfterHours: 1',
        'clusters: [prod, "a b"]',
        'queries: [eviction-refused, drain-timeline]',
        'cloudTrailLogGroup: "a b"',
        'firstWindowHours: 169',
        'overlapMinutes: -1',
        'deliveryLagMinutes: 1.5',
        'maxGigabytes: lots',
        'waivers: https://example.com/waivers.yaml',
        'topicArn: on-call',
        'securityHub: 1',
        'cluster: prod',
      ),
    ).toEqual([
      'prod.yaml:3: audits.auditLog.enabled: expected true or false',
      expect.stringMatching(/^prod\.yaml:4: audits\.auditLog\.schedule: expected rate\(1 day\)/),
      expect.stringMatching(/^prod\.yaml:5: audits\.auditLog\.timezone: expected the name of a time zone/),
      'prod.yaml:6: audits.auditLog.overdueAfterHours: expected a whole number from 2 to 168',
      'prod.yaml:7: audits.auditLog.clusters[1]: expected the name of an EKS cluster',
      expect.stringMatching(/^prod\.yaml:8: audits\.auditLog\.queries\[1\]: expected one of .*eviction-refused/),
      'prod.yaml:9: audits.auditLog.cloudTrailLogGroup: expected the name of a log group',
      'prod.yaml:10: audits.auditLog.firstWindowHours: expected a whole number from 1 to 168',
      'prod.yaml:11: audits.auditLog.overlapMinutes: expected a whole number from 0 to 720',
      'prod.yaml:12: audits.auditLog.deliveryLagMinutes: expected a whole number from 0 to 60',
      'prod.yaml:13: audits.auditLog.maxGigabytes: expected a whole number from 1 to 100000',
      'prod.yaml:14: audits.auditLog.waivers: expected s3://BUCKET/KEY',
      'prod.yaml:15: audits.auditLog.topicArn: expected the ARN of a standard SNS topic',
      'prod.yaml:16: audits.auditLog.securityHub: expected true or false',
      'prod.yaml:17: audits.auditLog.cluster: no setting has this name',
    ]);
  });

  test.each([
    ['is written twice', 'queries: [exec, exec]', 'queries[1]: is Q23, which stands there already'],
    ['is named and numbered', 'queries: [exec, Q23]', 'queries[1]: is Q23, which stands there already'],
    [
      'is of CloudTrail without its log group',
      'queries: [access-entry-changes]',
      'queries[0]: asks the log of CloudTrail: say in cloudTrailLogGroup which log group that is',
    ],
    ['is no query', 'queries: ["exec | limit 1"]', expect.stringContaining('queries[0]: expected one of')],
    ['is no text', 'queries: [23]', 'queries[0]: expected the id or the name of a query'],
  ])('refuses a query that %s', (_, line, problem) => {
    const told = problemsIn(line).map((each) => each.replace('prod.yaml:3: audits.auditLog.', ''));
    expect(told).toEqual([problem]);
    expect(told.join()).not.toContain('limit');
  });

  test('refuses a rate that lets every run be overdue', () => {
    expect(problemsIn('schedule: rate(3 days)')).toEqual([
      'prod.yaml:3: audits.auditLog.overdueAfterHours: expected more than the 72 hours between two runs',
    ]);
  });

  test('takes every query that may run on a schedule, by its name and by its id', () => {
    expect(schedulable.length).toBeGreaterThan(5);
    for (const key of ['name', 'id'] as const)
      expect(
        auditLog.parse({ cloudTrailLogGroup: 'trail', queries: schedulable.map((each) => each[key]) }).queries,
      ).toHaveLength(schedulable.length);
  });
});

describe('what the section takes', () => {
  const written = (settings: AuditLog) => {
    const { clusters, enabled, schedule, overdueAfterHours, ...rest } = settings;
    const others = { clusterNames: clusters, logLevel: 'info', reportBucket: 'reports' } as const;
    const without = { waivers: undefined, topicArn: undefined, cloudTrailLogGroup: undefined };
    return auditLogEnvironment({ ...without, ...rest, ...others });
  };

  test.each([
    ['firstWindowHours', 1, 168],
    ['overlapMinutes', 0, 720],
    ['deliveryLagMinutes', 0, 60],
    ['maxGigabytes', 1, 100_000],
  ] as const)('of %s the function takes, too, and nothing that the function refuses', (name, least, most) => {
    const { [name]: usual } = auditLog.parse({});
    for (const value of [least, usual, most]) expect(() => written(auditLog.parse({ [name]: value }))).not.toThrow();
    for (const value of [least - 1, most + 1]) {
      expect(auditLog.safeParse({ [name]: value }).success).toBe(false);
      expect(() => written({ ...auditLog.parse({}), [name]: value })).toThrow(/ENL_/);
    }
  });

  test('by default is the default of the function', () => {
    expect(Object.keys(written(auditLog.parse({})))).toEqual(['ENL_REPORT_BUCKET']);
  });
});
