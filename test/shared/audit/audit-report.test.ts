import { expect, test } from 'vitest';
import { auditReport, wrongBySeverity } from '../../../shared/audit/audit-report.ts';
import { noGroups, unknownHooks } from '../../../shared/audit/check-groups.ts';
import { type Finding, finding } from '../../../shared/audit/finding.ts';

const of = (status: Finding['status'], severity: Finding['severity'], resource = 'a') =>
  finding({ check: 'X-01', status, severity, cluster: 'demo', resource, text: '', evidence: {} });
const run = { audit: 'cluster-audit', region: 'eu-west-1', startedAt: 0, clusters: ['demo'], leftAlone: [] };

test('a report begins with what needs somebody, and counts', () => {
  const findings = [
    of('PASS', 'high'),
    of('UNKNOWN', 'low'),
    of('WARN', 'medium'),
    of('FAIL', 'medium'),
    of('FAIL', 'high', 'b'),
    of('FAIL', 'high'),
  ];
  const report = auditReport({ ...run, findings });
  expect(report.findings.map(({ status, severity, resource }) => `${status} ${severity} ${resource}`)).toEqual([
    ...['FAIL high a', 'FAIL high b', 'FAIL medium a', 'WARN medium a', 'UNKNOWN low a', 'PASS high a'],
  ]);
  expect(report).toMatchObject({ version: 1, complete: false, counts: { FAIL: 3, WARN: 1, UNKNOWN: 1, PASS: 1 } });
  expect(auditReport({ ...run, findings: [of('FAIL', 'high')] }).complete).toBe(true);
});

test('every severity is counted, of what is wrong and of nothing else', () => {
  const findings = [of('PASS', 'high'), of('UNKNOWN', 'critical'), of('WARN', 'medium'), of('FAIL', 'high')];
  expect(wrongBySeverity(findings)).toEqual([
    ['critical', 0],
    ['high', 1],
    ['medium', 1],
    ['low', 0],
    ['info', 0],
  ]);
});

test('what could not be looked at is unknown to each check, and a cluster without groups does not pass', () => {
  const about = { cluster: 'demo', resource: 'workers' };
  expect(unknownHooks(about, { text: 'no', right: 'autoscaling:X' })).toMatchObject([
    {
      id: 'ASG-04/demo/workers',
      status: 'UNKNOWN',
      severity: 'high',
      text: 'no',
      evidence: { right: 'autoscaling:X' },
    },
    { id: 'ASG-05/demo/workers', status: 'UNKNOWN', severity: 'medium' },
  ]);
  expect(noGroups('demo')).toMatchObject({ status: 'WARN', severity: 'low', resource: 'demo' });
});
