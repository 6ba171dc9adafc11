import { expect, test } from 'vitest';
import { auditReport, openBySeverity } from '../../../shared/audit/audit-report.ts';
import { noGroups, unknownHooks } from '../../../shared/audit/check-groups.ts';
import type { Severity, Status } from '../../../shared/audit/finding.ts';
import { resultFor, run } from './builders.ts';

const of = (status: Status, severity: Severity, resource = 'a') => resultFor({ status, severity, resource });
const waived = { by: 'net', reason: 'until the move', expires: '2026-12-31' };
const parts = { run, checks: [] };

test('a report begins with what needs somebody, ends with what does not apply, and counts what is waived by itself', () => {
  const results = [
    of('NOT_APPLICABLE', 'critical'),
    of('PASS', 'high'),
    { ...of('FAIL', 'critical'), waived },
    of('UNKNOWN', 'low'),
    of('WARN', 'medium'),
    of('FAIL', 'medium'),
    of('FAIL', 'high', 'b'),
    of('FAIL', 'high'),
  ];
  const report = auditReport({ ...parts, results });
  expect(report.results.map((each) => `${each.status} ${each.severity} ${each.resource}`)).toEqual([
    ...['FAIL high a', 'FAIL high b', 'FAIL medium a', 'WARN medium a', 'UNKNOWN low a', 'FAIL critical a'],
    ...['PASS high a', 'NOT_APPLICABLE critical a'],
  ]);
  expect(report).toMatchObject({
    version: 2,
    run: { complete: false },
    counts: { FAIL: 3, WARN: 1, UNKNOWN: 1, PASS: 1, NOT_APPLICABLE: 1, waived: 1 },
  });
  expect(auditReport({ ...parts, results: [of('FAIL', 'high')] }).run.complete).toBe(true);
});

test('a report is not complete while something is unknown, waived or not', () => {
  const results = [{ ...of('UNKNOWN', 'low'), waived }];
  expect(auditReport({ ...parts, results })).toMatchObject({ run: { complete: false }, counts: { UNKNOWN: 0 } });
});

test('every severity is counted, of what is wrong and not waived, and of nothing else', () => {
  const results = [
    of('PASS', 'high'),
    of('UNKNOWN', 'critical'),
    of('WARN', 'medium'),
    of('FAIL', 'high'),
    { ...of('FAIL', 'low'), waived },
  ];
  expect(openBySeverity(results)).toEqual([
    ['critical', 0],
    ['high', 1],
    ['medium', 1],
    ['low', 0],
    ['info', 0],
  ]);
});

test('what could not be looked at is unknown to each check, and a cluster without groups does not pass', () => {
  expect(unknownHooks('workers', { text: 'no', right: 'autoscaling:X' })).toMatchObject([
    [{ id: 'ASG-04' }, { status: 'UNKNOWN', resource: 'workers', text: 'no', evidence: { right: 'autoscaling:X' } }],
    [{ id: 'ASG-05' }, { status: 'UNKNOWN', resource: 'workers' }],
  ]);
  expect(noGroups('demo')).toMatchObject([{ id: 'ASG-04' }, { status: 'WARN', severity: 'low', resource: 'demo' }]);
});
