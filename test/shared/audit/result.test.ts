import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { exitCode } from '../../../shared/audit/exit-code.ts';
import type { Severity, Status } from '../../../shared/audit/finding.ts';
import { resultsOf } from '../../../shared/audit/result.ts';
import { hashing, resultFor, run, subnetArn } from './builders.ts';

test('a fingerprint is of check, account, region, cluster, resource and matter, and of nothing that is said', () => {
  const about = ['NET-05', run.account, run.region, 'demo', subnetArn('1'), 'elb'];
  const { fingerprint } = resultFor({ matter: 'elb' });
  expect(fingerprint).toBe(createHash('sha256').update(about.join('|')).digest('hex'));
  const said = {
    matter: 'elb',
    text: 'other words',
    status: 'WARN',
    severity: 'low',
    evidence: { value: 'yes' },
  } as const;
  expect(resultFor(said).fingerprint).toBe(fingerprint);
  const others = [{}, { matter: 'x' }, { id: 'NET-06', matter: 'elb' }, { cluster: 'b', matter: 'elb' }];
  expect(new Set([fingerprint, ...others.map((each) => resultFor(each).fingerprint)]).size).toBe(5);
});

test('no fingerprint stands for two things that a check says of one resource', () => {
  const judged = { status: 'FAIL', resource: 'a', text: '', evidence: {} } as const;
  const said = [judged, { ...judged, text: 'another' }, judged, { ...judged, resource: 'b' }];
  const results = resultsOf({ id: 'X-01', severity: 'low' }, said, { ...run, cluster: 'demo' }, hashing);
  expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  expect(results.map(({ matter }) => matter)).toEqual([undefined, '#2', '#3', undefined]);
});

const waived = { by: 'net', reason: 'x', expires: '2026-12-31' };
const of = (status: Status, severity: Severity) => resultFor({ status, severity });
test.each([
  ['nothing at all', [], {}, 0],
  ['a FAIL of the severity that matters', [of('FAIL', 'high')], {}, 1],
  ['a WARN of a higher one', [of('WARN', 'critical')], {}, 1],
  ['a FAIL of a lower one', [of('FAIL', 'medium')], {}, 0],
  ['a FAIL of a lower one that matters', [of('FAIL', 'low')], { failOn: 'low' }, 1],
  ['a FAIL that is waived', [{ ...of('FAIL', 'critical'), waived }], {}, 0],
  ['what is unknown', [of('UNKNOWN', 'critical')], {}, 0],
  ['what is unknown, strictly', [of('UNKNOWN', 'info')], { strict: true }, 2],
  ['what is unknown and waived, strictly', [{ ...of('UNKNOWN', 'info'), waived }], { strict: true }, 0],
  ['a FAIL and what is unknown, strictly', [of('UNKNOWN', 'info'), of('FAIL', 'high')], { strict: true }, 1],
  ['what is well or does not apply', [of('PASS', 'critical'), of('NOT_APPLICABLE', 'critical')], { strict: true }, 0],
] as const)('%s ends an audit with its exit code', (_, results, rules, code) => {
  expect(exitCode({ results }, { failOn: 'high', strict: false, ...rules })).toBe(code);
});
