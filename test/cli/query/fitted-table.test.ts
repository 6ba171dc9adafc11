import { expect, test } from 'vitest';
import { fittedTable } from '../../../cli/query/fitted-table.ts';

const headings = ['@timestamp', 'pod', 'message'];
const rows = [
  ['2026-03-01T08:00:00.000Z', 'web-1', 'The disruption budget web needs 2 healthy pods'],
  ['2026-03-01T08:00:01.000Z', 'db-0', ''],
];
const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

test('a table with room is as wide as it is', () => {
  expect(fittedTable(headings, rows, Number.POSITIVE_INFINITY).split('\n')).toEqual([
    '@TIMESTAMP                POD    MESSAGE',
    '2026-03-01T08:00:00.000Z  web-1  The disruption budget web needs 2 healthy pods',
    '2026-03-01T08:00:01.000Z  db-0',
  ]);
});

test('without room the widest cells are broken between words, instants after the day', () => {
  expect(fittedTable(headings, rows, 50).split('\n')).toEqual([
    '@TIMESTAMP     POD    MESSAGE',
    '2026-03-01T    web-1  The disruption',
    '08:00:00.000Z         budget web needs 2',
    '                      healthy pods',
    '2026-03-01T    db-0',
    '08:00:01.000Z',
  ]);
});

test('where words would have to be broken each row is a block', () => {
  expect(fittedTable(headings, rows, 30).split('\n')).toEqual([
    '-- 1 of 2 --',
    '@timestamp  2026-03-01T08:00:0',
    '            0.000Z',
    'pod         web-1',
    'message     The disruption',
    '            budget web needs 2',
    '            healthy pods',
    '-- 2 of 2 --',
    '@timestamp  2026-03-01T08:00:0',
    '            1.000Z',
    'pod         db-0',
  ]);
});

test.each([40, 50, 60, 80, 120])('no line is longer than %i characters', (width) => {
  const many = ['a', 'b', 'c', 'd'].flatMap((name) => headings.map((heading) => `${heading}${name}`));
  const wide = rows.map((row) => [...row, ...row, ...row, ...row]);
  expect(widest(fittedTable(many, wide, width))).toBeLessThanOrEqual(width);
  expect(widest(fittedTable(headings, rows, width))).toBeLessThanOrEqual(width);
});
