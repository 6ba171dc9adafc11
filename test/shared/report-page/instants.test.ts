import { expect, it } from 'vitest';
import { sayDuration, sayInstant, secondsBetween } from '../../../shared/report-page/instants.ts';
import { timeAxis } from '../../../shared/report-page/time-axis.ts';
import { at } from './example-drain.ts';

it.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [9.96, '10 s'],
  [3.44, '3.4 s'],
  [59.6, '1 min'],
  [125, '2 min 5 s'],
  [3600, '1 h'],
  [4321, '1 h 12 min'],
  [172_800 + 7200 + 60, '2 d 2 h'],
  [-3, '-3 s'],
])('says %d seconds as %s', (seconds, words) => {
  expect(sayDuration(seconds)).toBe(words);
});

it('counts the seconds between instants, and none where one is missing', () => {
  expect(secondsBetween(at(0), at(2.5))).toBe(2.5);
  expect(secondsBetween(at(0), undefined)).toBeUndefined();
  expect(secondsBetween(at(0), 'soon')).toBeUndefined();
});

it('says an instant in UTC, and leaves alone what is none', () => {
  expect(sayInstant('2026-03-01T09:00:06+01:00')).toBe('2026-03-01 08:00:06 UTC');
  expect(sayInstant('soon')).toBe('soon');
});

it.each([
  [20, undefined, 20.4, [0, 5, 10, 15, 20]],
  [20, 25, 25.5, [0, 5, 10, 15, 20, 25]],
  [20, 3600, 20.4, [0, 5, 10, 15, 20]],
  [0, undefined, 1.02, [0, 0.5, 1]],
])('shows a drain of %d s with a deadline of %s s up to %d s', (end, deadline, until, ticks) => {
  expect(timeAxis(end, deadline)).toEqual({ until, ticks });
});

it.each([1, 90, 4000, 172_800, 5_000_000])('has at most eleven ticks over %d s', (seconds) => {
  const { ticks, until } = timeAxis(seconds);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.length).toBeLessThanOrEqual(11);
  expect(Math.max(...ticks)).toBeLessThanOrEqual(until);
});
