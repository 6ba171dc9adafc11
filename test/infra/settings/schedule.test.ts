import { expect, test } from 'vitest';
import { readSettings } from '../../../infra/settings/read-settings.ts';
import { hoursBetween, repeatedly } from '../../../infra/settings/schedule.ts';

test.each([
  ...['rate(1 day)', 'rate(12 hours)', 'rate(90 minutes)'],
  ...[
    'cron(0 6 * * ? *)',
    'cron(0/15 8-18 ? * MON-FRI *)',
    'cron(30 9,17 L * ? 2026-2030)',
    'cron(0 0 ? JAN,JUL 2#1 *)',
  ],
  ...['cron(0 0 15W * ? *)', 'cron(0 0 L-3 * ? *)', 'cron(0 0 ? * 6L *)'],
])('%s repeats', (text) => {
  expect(repeatedly.safeParse(text).success).toBe(true);
});

test.each([
  ...[
    'daily',
    'at(2026-11-20T13:00:00)',
    'rate(0 days)',
    'rate(1 days)',
    'rate(2 day)',
    'rate(1.5 hours)',
    'rate(1 week)',
  ],
  ...['cron(0 6 * * *)', 'cron(0 6 * * * *)', 'cron(0 6 ? * ? *)', 'cron(60 6 * * ? *)', 'cron(0 24 * * ? *)'],
  ...['cron(0 6 0 * ? *)', 'cron(0 6 * 13 ? *)', 'cron(0 6 ? * 8 *)', 'cron(0 6 ? * MO *)', 'cron(0 6 ? * 2#6 *)'],
  ...[
    'cron(0 6 * * ? 1969)',
    'cron(0/0 6 * * ? *)',
    'cron(0 6-30 * * ? *)',
    'cron(0 1,,2 * * ? *)',
    'cron(? 6 * * ? *)',
  ],
])('%s does not', (text) => {
  expect(repeatedly.safeParse(text).success).toBe(false);
});

test('a rate says how many hours lie between two runs', () => {
  expect(['rate(30 minutes)', 'rate(1 hour)', 'rate(2 days)', 'cron(0 6 * * ? *)'].map(hoursBetween)).toEqual([
    ...[0.5, 1, 48, undefined],
  ]);
});

const problemsIn = (...lines: string[]) => {
  try {
    return readSettings(['audits:', '  clusterAudit:', ...lines.map((line) => `    ${line}`)].join('\n'), 'prod.yaml');
  } catch (error) {
    return (error as { problems: string[] }).problems.map((problem) => problem.trim());
  }
};

test('mistakes in a schedule are told with their lines', () => {
  expect(problemsIn('schedule: cron(0 6 * * *)', 'timezone: Europe/Entenhausen', 'overdueAfterHours: 200')).toEqual([
    expect.stringMatching(/^prod\.yaml:3: audits\.clusterAudit\.schedule: expected rate\(1 day\)/),
    'prod.yaml:4: audits.clusterAudit.timezone: expected the name of a time zone, for example Europe/Berlin',
    'prod.yaml:5: audits.clusterAudit.overdueAfterHours: expected a whole number from 2 to 168',
  ]);
  expect(problemsIn('enabled: yes please', 'often: true')).toEqual([
    'prod.yaml:3: audits.clusterAudit.enabled: expected true or false',
    'prod.yaml:4: audits.clusterAudit.often: no setting has this name',
  ]);
});

test('a rate that lets every run be overdue is a mistake', () => {
  expect(problemsIn('schedule: rate(3 days)')).toEqual([
    'prod.yaml:3: audits.clusterAudit.overdueAfterHours: expected more than the 72 hours between two runs',
  ]);
  expect(problemsIn('schedule: rate(3 days)', 'overdueAfterHours: 73')).toMatchObject({ stackName: 'NodeLifecycle' });
});
