import { describe, expect, it } from 'vitest';
import { bytesText } from '../../../shared/log-query/bytes-text.ts';
import { columnsOf } from '../../../shared/log-query/columns-of.ts';
import { costUsd, priceNote } from '../../../shared/log-query/cost.ts';
import { estimateBytes } from '../../../shared/log-query/estimate.ts';
import { mergeRows } from '../../../shared/log-query/merge-rows.ts';
import { splitRange } from '../../../shared/log-query/split-range.ts';
import { unreadText } from '../../../shared/log-query/unread-text.ts';
import { withoutRepeats } from '../../../shared/log-query/without-repeats.ts';

const range = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });
const dayMs = 86_400_000;

describe('parts of a range', () => {
  it.each([
    ['two', 0, 9, 2, [range(0, 4), range(5, 9)]],
    ['three, not alike', 10, 20, 3, [range(10, 12), range(13, 16), range(17, 20)]],
    ['as many as there are seconds', 7, 8, 16, [range(7, 7), range(8, 8)]],
    ['one, of one second', 7, 7, 2, [range(7, 7)]],
  ])('are %s', (_, start, end, parts, expected) => {
    expect(splitRange(range(start, end), parts)).toEqual(expected);
  });

  it('are told joined, and not all of many', () => {
    expect(unreadText([])).toEqual([]);
    expect(unreadText([range(5, 9), range(0, 4)])).toEqual(['not read: 1970-01-01T00:00:00Z to 1970-01-01T00:00:09Z']);
    const apart = [0, 10, 20, 30, 40].map((second) => range(second, second));
    expect(unreadText(apart)[0]).toMatch(/^not read: 1970-01-01T00:00:00Z, \S+, 1970-01-01T00:00:20Z, and 2 more$/);
  });
});

describe('rows of several parts', () => {
  const merge = (kind: 'sum' | 'min' | 'max' | 'first' | 'last', values: (string | undefined)[]) =>
    mergeRows(
      values.map((x) => ({ who: 'ann', ...(x !== undefined && { x }) })),
      { x: kind },
    )[0]?.x;

  it.each([
    ['sum', ['9', '10', undefined, '1.5'], '20.5'],
    ['min', ['9', '10', undefined], '9'],
    ['max', ['9', '10', '1'], '10'],
    ['max', ['zz', '3', 'zzz'], '3'],
    ['max', ['a', undefined, 'b'], 'b'],
    ['min', ['b', 'a'], 'a'],
    ['first', [undefined, 'b', 'a'], 'b'],
    ['last', ['a', 'b', undefined], 'b'],
    ['last', [undefined, undefined], undefined],
  ] as const)('come together by %s: %j', (kind, values, expected) => {
    expect(merge(kind, [...values])).toBe(expected);
  });

  it('are of one group when all other columns are the same, also those without a value', () => {
    const rows = [
      { a: '1', n: '1' },
      { b: '1', n: '1' },
      { a: '1', b: '2', n: '1' },
      { b: '2', a: '1', n: '4' },
      { n: '7', a: '1' },
    ];
    expect(mergeRows(rows, { n: 'sum' })).toEqual([
      { a: '1', n: '8' },
      { b: '1', n: '1' },
      { a: '1', b: '2', n: '5' },
    ]);
    expect(rows[0]).toEqual({ a: '1', n: '1' });
  });

  it('have the columns of all, in the order of the query', () => {
    expect(
      columnsOf([
        { b: '', d: '' },
        { a: '', b: '', c: '', d: '' },
        { c: '', e: '' },
      ]),
    ).toEqual(['a', 'b', 'c', 'e', 'd']);
    expect(columnsOf([])).toEqual([]);
  });

  it('have each event once, but every row that a query makes of it', () => {
    const rows = [{ '@ptr': 'p', a: '1' }, { '@ptr': 'p', a: '2' }, { '@ptr': 'p', a: '1' }, { a: '1' }, { a: '1' }];
    expect(withoutRepeats(rows)).toEqual([rows[0], rows[1], rows[3], rows[4]]);
  });
});

describe('the estimate of what will be scanned', () => {
  const group = { name: 'g', class: 'STANDARD' as const, storedBytes: 1000, createdAt: 0 };
  const nowMs = 100 * dayMs;
  const day = (from: number, to: number) => range(from * 86_400, to * 86_400 - 1);

  it.each([
    ['a day of a hundred', group, day(50, 51), 10],
    ['a day of the ten that are kept', { ...group, retentionDays: 10 }, day(95, 96), 100],
    ['all that is kept', { ...group, retentionDays: 10 }, day(0, 100), 1000],
    ['nothing of what is forgotten', { ...group, retentionDays: 10 }, day(50, 51), 0],
    ['the part that is past', group, day(99, 120), 10],
    ['all of a group that is new', { ...group, createdAt: nowMs }, day(99, 100), 1000],
  ])('is %s', (_, of, asked, bytes) => {
    expect(estimateBytes(of, asked, nowMs)).toBe(bytes);
  });

  it('is told in bytes that can be read, and in USD', () => {
    expect([0, 999, 1000, 12_345_678, 5e15].map(bytesText)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '12.3 MB',
      '5000.0 TB',
    ]);
    expect(costUsd(100e9, 'us-east-1')).toBeCloseTo(0.5);
    expect(costUsd(100e9, 'ap-northeast-1')).toBeCloseTo(0.76);
    expect(costUsd(100e9, 'eu-west-3')).toBeCloseTo(0.5);
    expect(priceNote('us-east-1')).toBeUndefined();
    expect(priceNote('eu-west-3')).toBe('at the price of us-east-1, 0.005 USD a GB');
  });
});
