import { expect, test } from 'vitest';
import { renderSarif } from '../../../../shared/audit/render/sarif.ts';
import { resultFor } from '../builders.ts';
import { exampleReport } from '../example-report.ts';

const runOf = (report = exampleReport()) => JSON.parse(renderSarif(report)).runs[0];

test('each status has its kind, and only a failure has a level', () => {
  const kinds = runOf().results.map((each: Record<string, unknown>) => `${each.ruleId} ${each.kind} ${each.level}`);
  expect(kinds).toEqual([
    ...['NET-15 fail error', 'NET-05 fail error', 'NET-05 review none', 'NET-01 open none', 'NET-05 fail note'],
    ...['NET-05 pass none', 'NET-22 notApplicable none'],
  ]);
});

test('a rule has its page and how bad it is, and each result finds its rule', () => {
  const { tool, results } = runOf();
  const { rules } = tool.driver;
  expect(rules[1]).toMatchObject({
    ...{ id: 'NET-05', helpUri: 'https://example.com/NET-05', defaultConfiguration: { level: 'error' } },
    properties: { 'security-severity': '8.0' },
  });
  for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
});

test('a result lies at a file of its own, with its ARN, its fingerprint and what puts it right', () => {
  const [first] = runOf().results;
  const [{ resource, fingerprint } = resultFor()] = exampleReport().results;
  expect(first.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'aws/123456789012/demo/subnet/subnet-2' },
        region: { startLine: 1 },
      },
      logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }],
    },
  ]);
  expect(first.partialFingerprints['eksNodeLifecycle/v1']).toBe(fingerprint);
  expect(first.properties.remediation.command).toMatch(/^aws ec2 create-tags/);
});

test('what is waived is suppressed, with who, why and until when, and still there', () => {
  const suppressed = runOf().results.filter(({ suppressions }: { suppressions?: unknown }) => suppressions);
  expect(suppressed).toHaveLength(1);
  expect(suppressed[0].suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'until the move (net-team, until 2026-12-31)' },
  ]);
});

test('no name leaves its folder or adds one', () => {
  const uriOf = (resource: string, cluster = 'demo') => {
    const report = { ...exampleReport(), results: [resultFor({ resource, cluster })] };
    return runOf(report).results[0].locations[0].physicalLocation.artifactLocation.uri;
  };
  expect(uriOf('../../etc/passwd')).toBe('aws/123456789012/demo/-/-/etc/passwd');
  expect(uriOf('a b?c#d%\ud800')).toBe('aws/123456789012/demo/a%20b%3Fc%23d%25%EF%BF%BD');
  expect(uriOf('x', '')).toBe('aws/123456789012/-/x');
});

test('what could not be read is told of the run', () => {
  expect(runOf().invocations[0].toolExecutionNotifications).toEqual([
    { level: 'error', message: { text: 'not allowed or not read: ec2:DescribeRouteTables (vpc-1): not authorized' } },
  ]);
});
