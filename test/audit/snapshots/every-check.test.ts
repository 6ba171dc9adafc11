import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkChecks } from '../../../shared/audit/network-checks.ts';
import { networkReport } from '../../../shared/audit/network-report.ts';
import { isFinding } from '../../../shared/audit/result.ts';
import { readSnapshot } from '../../../shared/audit-files/read-snapshot.ts';
import { hashing } from '../../../shared/audit-files/sha256.ts';
import { everyCheck } from './every-check.ts';

const file = join(import.meta.dirname, 'every-check.json');
const read = () => readSnapshot(readFileSync(file, 'utf8'), file);
const reportOf = (snapshot: typeof everyCheck) =>
  networkReport(snapshot, { startedAt: '2026-11-21T08:00:00.000Z' }, hashing);

describe('the snapshot in which every check finds something', () => {
  it('is the file that node test/audit/snapshots/write.ts makes', () => {
    expect(read()).toEqual(JSON.parse(JSON.stringify(everyCheck)));
  });

  it.each(networkChecks.map(({ id }) => id))('has a FAIL or a WARN of %s', (id) => {
    const own = results.filter((each) => each.id === id);
    expect(own.filter(isFinding).length).toBeGreaterThan(0);
    expect(own.filter(({ matter }) => matter === 'check-failed')).toEqual([]);
  });

  it('is judged as all thirty checks judge it, in several VPCs and clusters', () => {
    expect(networkChecks).toHaveLength(30);
    expect(new Set(results.filter(isFinding).map(({ cluster }) => cluster)).size).toBe(5);
  });

  it('is judged the same as before it was written', () => {
    expect(reportOf(read())).toEqual(reportOf(everyCheck));
  });

  it('says which reads were refused, once each, and what is unknown since they were', () => {
    const { denied } = reportOf(everyCheck);
    expect(denied.map(({ action, about }) => `${action} ${about}`)).toContain('list daemonsets.apps batch');
    expect(new Set(denied.map(({ action }) => action)).size).toBe(denied.length);
    const unknown = results.filter(({ status, id }) => status === 'UNKNOWN' && id === 'NET-25');
    expect(unknown.map(({ cluster }) => cluster)).toEqual(['batch']);
  });
});

const { results } = reportOf(read());
