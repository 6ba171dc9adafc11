import { expect, test } from 'vitest';
import { type AuditReport, auditReport } from '../../../shared/audit/audit-report.ts';
import { compareRuns, remembering } from '../../../shared/audit/compare-runs.ts';
import { checkOf, resultFor, run } from './builders.ts';

const reportOf = (
  results: AuditReport['results'],
  changes: Partial<AuditReport['run']> = {},
  unseen: AuditReport['unseen'] = [],
) => auditReport({ run: { ...run, ...changes }, checks: [checkOf()], results, unseen });

const fail = resultFor();
const pass = resultFor({ status: 'PASS' });
const unknown = resultFor({ status: 'UNKNOWN' });
const waived = { ...fail, waived: { by: 'net', reason: 'x', expires: '2026-12-31' } };
const ofCluster = resultFor({ status: 'UNKNOWN', resource: 'cluster' });
const nothing: AuditReport['results'] = [];

test.each([
  ['wrong now', [pass], [fail], { new: 1 }],
  ['wrong now and never looked at before', nothing, [fail], { new: 1 }],
  ['wrong in both, in other words', [fail], [resultFor({ status: 'WARN', text: 'other' })], { still: 1 }],
  ['well again', [fail], [pass], { resolved: 1 }],
  ['nothing of its kind any more', [fail], nothing, { resolved: 1 }],
  ['unknown now', [fail], [unknown], { unseen: 1 }],
  ['gone, its check knowing nothing of the cluster', [fail], [ofCluster], { unseen: 1 }],
  ['waived now', [fail], [waived], {}],
  ['no longer waived', [waived], [fail], { new: 1 }],
  ['well again after it was waived', [waived], [pass], {}],
  ['unknown in both', [unknown], [unknown], {}],
])('a finding that is %s', (_, before, now, counts) => {
  const changes = compareRuns(reportOf(before), reportOf(now));
  const lengths = Object.fromEntries(Object.entries(changes).map(([name, results]) => [name, results.length]));
  expect(lengths).toEqual({ new: 0, resolved: 0, still: 0, unseen: 0, ...counts });
});

test('what a run does not look at is not resolved: another cluster, or another check', () => {
  const before = reportOf([fail, resultFor({ id: 'NET-06' })]);
  const now = reportOf([], { clusters: ['other'] });
  expect(compareRuns(before, now)).toMatchObject({ resolved: [], unseen: [{ id: 'NET-05' }, { id: 'NET-06' }] });
});

test('what was found in a cluster that is gone is resolved when a run looked at all clusters', () => {
  expect(compareRuns(reportOf([fail]), reportOf([], { clusters: [], allClusters: true })).resolved).toEqual([fail]);
});

test('runs of different accounts are not compared', () => {
  expect(() => compareRuns(reportOf([]), reportOf([], { account: '2' }))).toThrow('different accounts');
});

test('a finding keeps since when it is there, over runs that could not see it, and is then neither new nor resolved', () => {
  const first = remembering(reportOf([fail], { startedAt: '2026-03-01T08:00:00.000Z' }), undefined);
  const blind = remembering(reportOf([ofCluster], { startedAt: '2026-03-02T08:00:00.000Z' }), first);
  expect(blind.unseen).toMatchObject([{ fingerprint: fail.fingerprint, since: '2026-03-01T08:00:00.000Z' }]);
  const third = remembering(reportOf([fail], { startedAt: '2026-03-03T08:00:00.000Z' }), blind);
  expect(third).toMatchObject({ unseen: [], results: [{ since: '2026-03-01T08:00:00.000Z' }] });
  expect(compareRuns(blind, third)).toMatchObject({ new: [], still: [{ fingerprint: fail.fingerprint }] });
  const fixed = remembering(reportOf([pass]), blind);
  expect(compareRuns(blind, fixed).resolved).toHaveLength(1);
  expect(fixed.results[0]).not.toHaveProperty('since');
});

test('what is well has no since, and what was unknown before it was wrong begins when it was found', () => {
  const before = remembering(reportOf([unknown], { startedAt: '2026-03-01T08:00:00.000Z' }), undefined);
  expect(before.results[0]).not.toHaveProperty('since');
  const now = remembering(reportOf([fail], { startedAt: '2026-03-02T08:00:00.000Z' }), before);
  expect(now.results[0]?.since).toBe('2026-03-02T08:00:00.000Z');
});
