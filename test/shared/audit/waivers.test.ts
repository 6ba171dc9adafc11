import { expect, test } from 'vitest';
import { applyWaivers } from '../../../shared/audit/waivers.ts';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { checkOf, hashing, resultFor, run, subnetArn } from './builders.ts';

const april = Date.parse('2026-04-01T12:00:00Z');
const base = { id: 'NET-05', resource: '*', reason: 'until the move', owner: 'net-team', expires: '2026-04-30' };

function applied(waivers: readonly object[], results = [resultFor()], now = april, changes: Partial<typeof run> = {}) {
  const file = readWaivers(JSON.stringify({ waivers }), 'waivers.yaml');
  const at = { run: { ...run, ...changes }, checks: [checkOf()], now };
  return applyWaivers(results, file, at, hashing).map(
    (each) => `${each.id} ${each.status}${each.waived ? ' waived' : ''}`,
  );
}

test('what is waived stays among the results, with who waives it, why and until when', () => {
  const file = readWaivers(JSON.stringify({ waivers: [base] }), 'waivers.yaml');
  const [result] = applyWaivers([resultFor()], file, { run, checks: [checkOf()], now: april }, hashing);
  const waived = { by: 'net-team', reason: 'until the move', expires: '2026-04-30' };
  expect(result).toEqual({ ...resultFor(), waived });
});

test.each([
  ['the resource by its ARN', { resource: subnetArn('1') }, true],
  ['a star over slashes', { resource: 'arn:*-1' }, true],
  ['another resource', { resource: 'arn:*-2' }, false],
  ['a part of an ARN', { resource: 'subnet-1' }, false],
  ['the cluster', { cluster: 'demo' }, true],
  ['clusters by a pattern', { cluster: 'de*' }, true],
  ['another case of the id', { id: 'NET-06' }, false],
])('a waiver of %s', (_, change, fits) => {
  expect(applied([{ ...base, ...change }])).toEqual(fits ? ['NET-05 FAIL waived'] : ['NET-05 FAIL', 'WAIVER-02 WARN']);
});

test.each([
  ['PASS', ['NET-05 PASS', 'WAIVER-02 WARN']],
  ['NOT_APPLICABLE', ['NET-05 NOT_APPLICABLE', 'WAIVER-02 WARN']],
  ['WARN', ['NET-05 WARN waived']],
  ['UNKNOWN', ['NET-05 UNKNOWN waived']],
] as const)('of %s a waiver makes what it should', (status, expected) => {
  expect(applied([base], [resultFor({ status })])).toEqual(expected);
});

test('a waiver counts to the end of its last day in UTC, and is a finding from then on', () => {
  const last = { ...base, expires: '2026-04-01' };
  expect(applied([last], [resultFor()], Date.parse('2026-04-01T23:59:59.999Z'))).toEqual(['NET-05 FAIL waived']);
  const after = Date.parse('2026-04-02T00:00:00Z');
  expect(applied([last], [resultFor()], after)).toEqual(['NET-05 FAIL', 'WAIVER-01 FAIL']);
  expect(applied([last, base], [resultFor()], after)).toEqual(['NET-05 FAIL waived', 'WAIVER-01 FAIL']);
});

test('a waiver that this run could not have needed is left alone', () => {
  const other = (change: object) => applied([{ ...base, ...change }], []);
  expect(other({ cluster: 'elsewhere' })).toEqual([]);
  expect(applied([{ ...base, cluster: 'elsewhere' }], [], april, { allClusters: true })).toEqual(['WAIVER-02 WARN']);
  expect(other({ id: 'ASG-04' })).toEqual([]);
  expect(other({ resource: 'arn:aws:ec2:us-east-1:123456789012:subnet/*' })).toEqual([]);
  expect(other({ resource: 'arn:aws:ec2:eu-west-1:999999999999:subnet/*' })).toEqual([]);
  expect(other({ resource: 'arn:aws:ec2:*:123456789012:subnet/*' })).toEqual(['WAIVER-02 WARN']);
});

test('a finding of a waiver is the same in every run, and says where the waiver stands and what it was of', () => {
  const text = `waivers:\n  - ${JSON.stringify({ ...base, expires: '2026-01-01' })}\n`;
  const of = (given: string) =>
    applyWaivers([resultFor()], readWaivers(given, 'w.yaml'), { run, checks: [checkOf()], now: april }, hashing)[1];
  expect(of(text)).toMatchObject({
    ...{
      id: 'WAIVER-01',
      severity: 'medium',
      resource: 'w.yaml',
      cluster: '',
      evidence: { line: 2, owner: 'net-team' },
    },
    reason: 'the waiver by net-team of NET-05 for * expired on 2026-01-01: 1 finding is open again',
  });
  expect(of(`# moved\n${text}`)?.fingerprint).toBe(of(text)?.fingerprint);
});
