import { describe, expect, it } from 'vitest';
import { rowsOf } from './run-over.ts';

const events = [{ v: 5, name: 'b10' }, { v: '7', name: 'b9' }, { name: 'a' }, { v: 2 }, { v: 'none', name: 'b9' }];

describe('an aggregate of stats', () => {
  it.each<[string, unknown]>([
    ['count(*)', 5],
    ['count()', 5],
    ['count(v)', 4],
    ['count_distinct(name)', 3],
    ['sum(v)', 14],
    ['avg(v)', 14 / 3],
    ['min(v)', 2],
    ['max(v)', 7],
    ['min(name)', 'a'],
    ['max(name)', 'b9'],
    ['sortsFirst(name)', 'a'],
    ['sortsLast(name)', 'b10'],
    ['sortsFirst(v)', 'none'],
    ['sortsLast(v)', '7'],
    ['earliest(name)', 'b10'],
    ['latest(v)', 'none'],
    ['latest(@timestamp) - earliest(@timestamp)', 4000],
    ['pct(v, 50)', 5],
    ['pct(v, 0)', 2],
    ['pct(v, 100)', 7],
    ['pct(missing, 99)', null],
    ['sum(missing)', null],
    ['max(missing)', null],
    ['count(missing)', 0],
    ['stddev(v * 1)', Math.sqrt(((5 - 14 / 3) ** 2 + (7 - 14 / 3) ** 2 + (2 - 14 / 3) ** 2) / 3)],
    ['sum(v) / count(v) * 2', 7],
    ['concat(min(v), "-", max(v))', '2-7'],
  ])('%s', async (aggregate, expected) => {
    expect(await rowsOf(`stats ${aggregate} as value`, events)).toEqual([{ value: expected }]);
  });

  it('keeps apart groups whose values only look alike when joined', async () => {
    const alike = [{ a: '1', b: '2:3' }, { a: '1:2', b: '3' }, { a: 1 }, { a: '1' }, { b: '-' }, {}];
    expect(await rowsOf('stats count(*) as n by a, b', alike)).toHaveLength(alike.length);
  });
});
