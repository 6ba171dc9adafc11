import { expect, test } from 'vitest';
import { renderResult, resultFormats } from '../../../cli/query/render-result.ts';
import type { QueryView } from '../../../shared/log-page/query-view.ts';
import { exampleView } from '../../shared/log-page/example-view.ts';

const wide = Number.POSITIVE_INFINITY;
const { outcome } = exampleView();
const hidden = 'a\u001b[2J\u009b2J\u202eb\nc';
const hostile = exampleView({
  source: hidden,
  outcome: {
    ...outcome,
    columns: ['who', hidden],
    rows: [{ who: hidden, [hidden]: '=HYPERLINK("https://example.com")' }],
    partial: { code: 'row-limit', text: hidden },
  },
});

test.each([
  [
    'table',
    /^@TIMESTAMP +POD +REFUSED +LAST +CAUSE\n2026-03-01T08:00:01\.250Z +web-1 +9 +2026-03-01T08:01:01\.000Z +The/,
  ],
  ['json', /^\{\n {2}"query": \{\n {4}"id": "Q06",/],
  ['csv', /^'@timestamp,pod,refused,last,cause\n2026-03-01T08:00:01\.250Z,web-1,9,2026-03-01T08:01:01\.000Z,The/],
  ['html', /^<!doctype html>/],
] as const)('a result is printed as %s', async (format, start) => {
  expect(resultFormats).toContain(format);
  expect(await renderResult(exampleView(), format, wide)).toMatch(start);
});

test('as JSON it has the values as they came, and when and of which log they are', async () => {
  const { query, ...json } = JSON.parse(await renderResult(exampleView(), 'json', wide));
  expect(Object.keys(json)).toEqual(['source', 'range', 'columns', 'rows', 'statistics', 'partial', 'missing']);
  expect(query).toMatchObject({ id: 'Q06', name: 'eviction-refused', parameters: { namespace: 'shop' } });
  expect(json.range).toEqual({ start: '2026-03-01T08:00:00.000Z', end: '2026-03-01T09:00:00.000Z' });
  expect(json.rows).toEqual(outcome.rows);
  expect(json.partial).toBeNull();
});

test.each(resultFormats)('what a log hides is seen in a result as %s', async (format) => {
  const text = await renderResult(hostile, format, 80);
  expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(text).toContain(String.raw`\u202e`);
});

test('as JSON it is the same value nevertheless', async () => {
  expect(JSON.parse(await renderResult(hostile, 'json', wide)).rows).toEqual(hostile.outcome.rows);
});

test('as CSV no value is a formula', async () => {
  expect(await renderResult(hostile, 'csv', wide)).toContain(`"'=HYPERLINK(""https://example.com"")"`);
});

test.each([
  [
    'table',
    'PARTIAL: stopped at 10 GB\nPARTIAL: a.log: 2 lines are no events and are left out: 3, 7\nPARTIAL: a.log is cut off: half',
  ],
  ['csv', '# partial: stopped at 10 GB\n# partial: a.log: 2 lines'],
  ['json', '"partial": {\n    "code": "byte-limit",\n    "text": "stopped at 10 GB"'],
  ['html', 'and it is not all'],
] as const)('a result that is not all there is says so as %s', async (format, mark) => {
  const partial = { code: 'byte-limit', text: 'stopped at 10 GB' } as const;
  const broken = [{ file: 'a.log', count: 2, firstLines: [3, 7], cutOff: 'half' }];
  const text = await renderResult(exampleView({ outcome: { ...outcome, partial }, broken }), format, wide);
  expect(text.replaceAll('"# partial', '# partial')).toContain(mark);
});

const none = { ...outcome, rows: [], columns: [] };
const range = '2026-03-01T08:00:00Z to 2026-03-01T09:00:00Z';
const span = { firstMs: Date.UTC(2026, 1, 27), lastMs: Date.UTC(2026, 1, 28) };
const spanned = '2026-02-27T00:00:00.000Z to 2026-02-28T00:00:00.000Z';

test.each<[string, Partial<QueryView>, string]>([
  ['a log group', {}, `No rows. None of the 900 events of ${range} fits.`],
  [
    'files in a range',
    { span },
    `No rows. None of the 900 events of ${range} fits. The files have events from ${spanned}.`,
  ],
])('a result without rows of %s says what was read', async (_of, changes, text) => {
  expect(await renderResult(exampleView({ outcome: none, ...changes }), 'table', 80)).toBe(`${text}\n`);
});

test('a result without rows of whole files says from when to when they are', async () => {
  const { range: _, ...view } = exampleView({ outcome: none, span });
  const text = `No rows. None of the 900 events from ${spanned} fits.\n`;
  expect(await renderResult(view, 'table', 80)).toBe(text);
});

const unread = { ...none, statistics: { bytesScanned: 9, recordsScanned: 0, recordsMatched: 0 } };

test.each(resultFormats)('a result of no event at all is no answer, as %s', async (format) => {
  const text = await renderResult(exampleView({ outcome: unread, span }), format, wide);
  expect(text).toContain(`no event was read of ${range}: /aws/eks/demo/cluster has them from ${spanned}`);
  const ofGroup = await renderResult(exampleView({ outcome: unread }), format, wide);
  expect(ofGroup).toContain(`no event was read of ${range}: it says nothing of that time`);
  const { range: _, ...ofFile } = exampleView({ outcome: unread, source: 'a.json' });
  expect(await renderResult(ofFile, format, wide)).toContain('a.json has no event at all');
});

test('a query that was ended before it read anything says that alone', async () => {
  const partial = { code: 'byte-limit', text: 'too large' } as const;
  const text = await renderResult(exampleView({ outcome: { ...unread, partial } }), 'table', 80);
  expect(text).toBe('No rows.\nPARTIAL: too large\n');
});
