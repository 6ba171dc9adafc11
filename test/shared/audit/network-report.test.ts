import { expect, test } from 'vitest';
import { networkReport } from '../../../shared/audit/network-report.ts';
import { readReport } from '../../../shared/audit-files/read-report.ts';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { renderAuditPage } from '../../../shared/audit-page/render-audit-page.ts';
import { hashing } from './builders.ts';
import { aSnapshot, subnetArn } from './network/builders.ts';

const snapshot = aSnapshot({
  subnets: { good: { via: 'igw' }, bad: { via: 'igw', tags: { 'kubernetes.io/role/elb': 'yes' } } },
});
const at = (startedAt: string) => ({ startedAt });
const day = '2026-03-01T08:00:00.000Z';

test('what the checks say of a snapshot is a valid report, with its networks', () => {
  const report = networkReport(snapshot, at(day), hashing);
  expect(readReport(JSON.stringify(report), 'x')).toEqual(JSON.parse(JSON.stringify(report)));
  expect(report.run).toMatchObject({ audit: 'subnet-audit', clusters: ['demo'], allClusters: true, startedAt: day });
  expect(report.networks?.[0]?.subnets.map(({ id, route }) => `${id} ${route}`)).toEqual(['bad public', 'good public']);
  const bad = report.results.filter(({ id, status }) => id === 'NET-05' && status === 'FAIL');
  expect(bad).toMatchObject([{ resource: subnetArn('bad'), cluster: 'demo', since: day }]);
  expect(report.checks.map(({ id }) => id)).toContain('NET-05');
  expect(report.checks[0]).not.toHaveProperty('judge');
});

test('a finding is waived by a file, and keeps since when it is there', async () => {
  const text = `waivers: [{id: NET-05, resource: "*subnet/bad", reason: x, owner: net, expires: 2026-03-02}]`;
  const waivers = readWaivers(text, 'w.yaml');
  const first = networkReport(snapshot, at(day), hashing);
  const second = networkReport(snapshot, { ...at('2026-03-02T08:00:00.000Z'), waivers, before: first }, hashing);
  expect(second.results.find(({ waived }) => waived)).toMatchObject({ id: 'NET-05', since: day });
  const third = networkReport(snapshot, { ...at('2026-03-03T08:00:00.000Z'), waivers, before: second }, hashing);
  expect(third.results.find(({ id }) => id === 'WAIVER-01')).toMatchObject({ status: 'FAIL', resource: 'w.yaml' });
  expect(third.results.find(({ id, status }) => id === 'NET-05' && status === 'FAIL')).toMatchObject({ since: day });
  expect(await renderAuditPage(third)).toContain('WAIVER-01');
});
