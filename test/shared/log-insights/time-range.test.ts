import { expect, it } from 'vitest';
import { problemsOfRange } from '../../../shared/log-insights/time-range.ts';

const nowSeconds = Date.UTC(2026, 10, 21) / 1000;
const day = 86_400;

it.each([
  ['an hour', { startSeconds: nowSeconds - 3600, endSeconds: nowSeconds }, []],
  ['one second', { startSeconds: nowSeconds, endSeconds: nowSeconds }, []],
  ['all that is kept', { startSeconds: nowSeconds - 7 * day, endSeconds: nowSeconds }, []],
  [
    'a second more',
    { startSeconds: nowSeconds - 7 * day - 1, endSeconds: nowSeconds },
    ['the start, 2026-11-13T23:59:59.000Z, is before 2026-11-14T00:00:00.000Z, and the log group keeps 7 days'],
  ],
  [
    'an end before the start',
    { startSeconds: nowSeconds, endSeconds: nowSeconds - 1 },
    ['the end, 2026-11-20T23:59:59.000Z, is before the start, 2026-11-21T00:00:00.000Z'],
  ],
  [
    'tomorrow',
    { startSeconds: nowSeconds + day, endSeconds: nowSeconds + 2 * day },
    ['the start, 2026-11-22T00:00:00.000Z, is in the future'],
  ],
  ['no number', { startSeconds: Number.NaN, endSeconds: nowSeconds }, ['start and end are whole seconds since 1970']],
  ['half seconds', { startSeconds: 0, endSeconds: 1.5 }, ['start and end are whole seconds since 1970']],
  ['milliseconds', { startSeconds: 0, endSeconds: 8.7e12 }, ['start and end are whole seconds since 1970']],
])('%s is answered with its problems', (_, range, problems) => {
  expect(problemsOfRange(range, nowSeconds, 7)).toEqual(problems);
});

it('lets a log group that never forgets be asked for anything', () => {
  expect(problemsOfRange({ startSeconds: 0, endSeconds: nowSeconds }, nowSeconds)).toEqual([]);
});
