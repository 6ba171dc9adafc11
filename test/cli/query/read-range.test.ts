import { describe, expect, test } from 'vitest';
import { CommandError } from '../../../cli/command-error.ts';
import { readBytes } from '../../../cli/query/read-bytes.ts';
import { rangeOf, readInstant, readSince, refuseRange } from '../../../cli/query/read-range.ts';

const now = Date.parse('2026-03-08T12:00:00Z') / 1000;
const at = (iso: string) => Date.parse(iso) / 1000;

test.each([
  ['30m', 1800],
  ['2h', 7200],
  ['1h30m', 5400],
  ['7d', 604_800],
])('since %s is %i seconds', (text, seconds) => {
  expect(readSince(text)).toBe(seconds);
});

test.each(['', '2', 'h', '-2h', '2 h', '0', '0d', '0h', '99999d', '1d2h', '2h; reboot', '2h\n', '1e3h', 'yesterday'])(
  'since %j is refused',
  (text) => {
    expect(() => readSince(text)).toThrow();
  },
);

test.each([
  ['2026-03-01', '2026-03-01T00:00:00Z'],
  ['2026-03-01T08:00', '2026-03-01T08:00:00Z'],
  ['2026-03-01T08:00Z', '2026-03-01T08:00:00Z'],
  ['2026-03-01 08:00:30', '2026-03-01T08:00:30Z'],
  ['2026-03-01T08:00:30.900Z', '2026-03-01T08:00:30Z'],
  ['2026-03-01T08:00+02:00', '2026-03-01T06:00:00Z'],
  ['2026-03-01T08:00:00-05:30', '2026-03-01T13:30:00Z'],
])('the instant %s is %s', (text, iso) => {
  expect(readInstant(text)).toBe(at(iso));
});

test.each([
  '',
  'now',
  '1772352000',
  '2026-02-30',
  '2026-13-01T00:00Z',
  '2026-03-01T25:00Z',
  '2026-03-01T08',
  '01.03.2026',
  '2026-03-01T08:00:00Z" or 1',
])('the instant %j is refused', (text) => {
  expect(() => readInstant(text)).toThrow('expected an instant');
});

describe('a range', () => {
  test('is what was said, up to now unless it has an end', () => {
    expect(rangeOf({}, now)).toBeUndefined();
    expect(rangeOf({ since: 60 }, now)).toEqual({ startSeconds: now - 60, endSeconds: now });
    expect(rangeOf({ start: now - 9 }, now)).toEqual({ startSeconds: now - 9, endSeconds: now });
    expect(rangeOf({ start: now - 9, end: now - 5 }, now)).toEqual({ startSeconds: now - 9, endSeconds: now - 5 });
  });

  test.each([
    ['an end before its start', { start: now - 5, end: now - 9 }, /the end, .*, is before the start/],
    ['a start in the future', { start: now + 5, end: now + 9 }, /the start, .*, is in the future/],
    ['both at once', { start: now + 9, end: now + 5 }, /before the start, .*; the start, .* in the future/],
    ['an end alone', { end: now }, /^--end needs a --start$/],
    ['a duration and a start', { since: 60, start: now - 9 }, /^--since is a range of its own/],
    ['a duration and an end', { since: 60, end: now }, /^--since is a range of its own/],
  ])('with %s is refused', (_title, options, message) => {
    expect(() => rangeOf(options, now)).toThrow(message);
    expect(() => rangeOf(options, now)).toThrow(CommandError);
  });

  test('that begins before what the log group keeps is refused', () => {
    const range = { startSeconds: now - 8 * 86_400, endSeconds: now };
    expect(() => refuseRange(range, now, 7)).toThrow('and the log group keeps 7 days');
    expect(() => refuseRange(range, now, 8)).not.toThrow();
    expect(() => refuseRange(range, now)).not.toThrow();
  });
});

test.each([
  ['500MB', 500e6],
  ['10GB', 10e9],
  ['1.5 tb', 1.5e12],
  ['2048', 2048],
  ['1KB', 1000],
])('%s are %i bytes', (text, bytes) => {
  expect(readBytes(text)).toBe(bytes);
});

test.each(['', '0', '-1GB', '0.0001KB', '10 G', '1e9', '10GiB', 'all', '10GB\n', '0B'])(
  '%j is no number of bytes',
  (text) => {
    expect(() => readBytes(text)).toThrow('expected bytes such as');
  },
);
