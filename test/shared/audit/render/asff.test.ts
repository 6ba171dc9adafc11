import { expect, test } from 'vitest';
import { asffBatches, mostFindingBytes } from '../../../../shared/audit/render/asff.ts';
import { resultFor } from '../builders.ts';
import { exampleReport } from '../example-report.ts';

const of = (report = exampleReport(), before?: ReturnType<typeof exampleReport>) => asffBatches(report, before).flat();
const withResults = (results: ReturnType<typeof exampleReport>['results']) => exampleReport({ results, unseen: [] });
const waived = { by: 'net-team', reason: 'x', expires: '2026-12-31' };

test('each status has its compliance, and only what is wrong has a severity', () => {
  expect(of().map(({ Compliance, Severity }) => `${Compliance.Status} ${Severity.Label} ${Severity.Original}`)).toEqual(
    [
      ...['FAILED CRITICAL critical', 'FAILED HIGH high', 'WARNING MEDIUM medium', 'NOT_AVAILABLE INFORMATIONAL high'],
      ...['FAILED LOW low', 'PASSED INFORMATIONAL high', 'NOT_AVAILABLE INFORMATIONAL high'],
    ],
  );
});

test('a finding keeps its Id and its beginning over runs', () => {
  const [first] = of(withResults([resultFor({ since: '2026-01-01T00:00:00.000Z' })]));
  expect(first).toMatchObject({
    Id: `eu-west-1/123456789012/eks-node-lifecycle/${resultFor().fingerprint}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default',
    ...{ CreatedAt: '2026-01-01T00:00:00.000Z', UpdatedAt: '2026-03-01T08:00:00.000Z', RecordState: 'ACTIVE' },
  });
  expect(of(withResults([resultFor({ text: 'other words', status: 'PASS' })]))[0]?.Id).toBe(first?.Id);
});

test('what is there no more is archived, and what is out of sight is not', () => {
  const before = withResults([resultFor(), resultFor({ resource: 'b' }), resultFor({ resource: 'c' })]);
  const now = exampleReport({ results: [resultFor()], unseen: [resultFor({ resource: 'c' })] });
  expect(of(now, before).map(({ Resources, RecordState }) => `${Resources[0]?.Id.slice(-1)} ${RecordState}`)).toEqual([
    '1 ACTIVE',
    'b ARCHIVED',
  ]);
});

test('a waiver suppresses a finding when it is made, and never one that people may have worked on', () => {
  const report = withResults([{ ...resultFor(), waived }]);
  expect(of(report)[0]?.Workflow).toEqual({ Status: 'SUPPRESSED' });
  expect(of(report, withResults([resultFor()]))[0]).not.toHaveProperty('Workflow');
  expect(of(withResults([resultFor()]))[0]).not.toHaveProperty('Workflow');
});

test('a call has at most a hundred findings', () => {
  const results = Array.from({ length: 250 }, (_, i) => resultFor({ resource: `r-${i}` }));
  expect(asffBatches(withResults(results)).map((batch) => batch.length)).toEqual([100, 100, 50]);
  expect(asffBatches(withResults([]))).toEqual([]);
});

test('the longest words fit what Security Hub takes', () => {
  const long = '\u{1f4a5}'.repeat(100_000);
  const judged = { text: long, resource: long, matter: long, evidence: { long }, remediation: { command: long } };
  const [finding] = of(
    withResults([{ ...resultFor({ ...judged, cluster: long }), waived: { ...waived, reason: long } }]),
  );
  expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(mostFindingBytes);
  expect(finding?.Title.length).toBeLessThanOrEqual(256);
  expect(finding?.Description.length).toBeLessThanOrEqual(1024);
  expect(finding?.Resources[0]?.Id.length).toBeLessThanOrEqual(512);
  for (const value of Object.values(finding?.ProductFields ?? {})) expect(value.length).toBeLessThanOrEqual(2048);
  expect(JSON.stringify(finding)).not.toMatch(/\\ud[89a-f]/);
});

test('a command that does not fit is left out, not cut', () => {
  const command = `aws ec2 delete-tags --resources ${'subnet-1 '.repeat(80)}`;
  const [finding] = of(withResults([resultFor({ remediation: { command, docs: 'https://example.com' } })]));
  expect(finding?.Remediation).toEqual({ Recommendation: { Url: 'https://example.com' } });
  expect(of(withResults([resultFor({ remediation: { command: 'aws x' } })]))[0]?.Remediation).toEqual({
    Recommendation: { Text: 'aws x', Url: 'https://example.com/NET-05' },
  });
  const fieldFor = (length: number) =>
    of(withResults([resultFor({ remediation: { command: 'x'.repeat(length) } })]))[0]?.ProductFields[
      'eks-node-lifecycle/command'
    ];
  expect([fieldFor(2048)?.length, fieldFor(2049)]).toEqual([2048, undefined]);
});
