import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { readReport } from '../../../shared/audit-files/read-report.ts';
import { reportJsonSchema } from '../../../shared/audit-files/report-schema.ts';
import { exampleReport } from '../audit/example-report.ts';

const published = readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8');
const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': true, date: true } }).compile(
  JSON.parse(published),
);
const howToWriteIt =
  'node -e "import(\'./shared/audit-files/report-schema.ts\').then((m) => process.stdout.write(m.reportJsonSchema()))" > docs/report.schema.json, then biome format --write';
const told = (report: unknown) => {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

test('the published schema is the one that reports are read by', () => {
  expect(JSON.parse(published), `write it again: ${howToWriteIt}`).toEqual(JSON.parse(reportJsonSchema()));
});

test('a report with one of everything is valid, before and after it was written and read', () => {
  const report = exampleReport();
  const written = JSON.stringify(report);
  expect(told(JSON.parse(written))).toEqual([]);
  expect(readReport(written, 'report.json')).toEqual(report);
});

const broken: [string, (report: AuditReport) => unknown, string][] = [
  ['another version', (report) => ({ ...report, version: 1 }), '/version const'],
  ['no account', ({ run: { account: _, ...run }, ...report }) => ({ ...report, run }), '/run required'],
  [
    'a status of its own',
    (report) => ({ ...report, results: [{ ...report.results[0], status: 'OK' }] }),
    '/results/0/status enum',
  ],
  [
    'a fingerprint that is none',
    (report) => ({ ...report, results: [{ ...report.results[0], fingerprint: 'x' }] }),
    '/results/0/fingerprint pattern',
  ],
];
test.each(broken)('a report with %s is not valid', (_, change, problem) => {
  const report = change(exampleReport());
  expect(told(report)).toContain(problem);
  expect(() => readReport(JSON.stringify(report), 'old.json')).toThrow('old.json is no report of this version');
});

test('a field that a later version adds does not make a report invalid', () => {
  expect(told({ ...exampleReport(), later: 1 })).toEqual([]);
});

test('what was cut off on its way is said to be that', () => {
  const cut = JSON.stringify(exampleReport()).slice(0, 400);
  expect(() => readReport(cut, 'report.json')).toThrow(/^report\.json is not whole, or no JSON: /);
});
