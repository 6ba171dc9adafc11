import { expect, it } from 'vitest';
import { isKlog, klogInstants } from '../../../shared/log-files/klog-year.ts';

const line = (day: string) => `I${day} 22:40:12.123456   25355 server.go:178] "Starting Kubernetes Scheduler"`;

it.each([
  ['1121', '2026-11-22T00:00:00Z', '2026-11-21T22:40:12.123Z'],
  ['1122', '2026-11-22T00:00:00Z', '2026-11-22T22:40:12.123Z'],
  ['1231', '2027-01-01T00:00:05Z', '2026-12-31T22:40:12.123Z'],
  ['0101', '2027-01-01T00:00:05Z', '2027-01-01T22:40:12.123Z'],
  ['0101', '2026-12-31T23:59:59Z', '2027-01-01T22:40:12.123Z'],
  ['0101', '2026-12-30T23:59:59Z', '2026-01-01T22:40:12.123Z'],
  ['0229', '2026-11-22T00:00:00Z', '2024-02-29T22:40:12.123Z'],
])('a line of %s in a file written at %s is of %s', (day, modified, expected) => {
  expect(new Date(klogInstants(Date.parse(modified))(line(day))).toISOString()).toBe(expected);
});

it('follows a log over New Year', () => {
  const instantOf = klogInstants(Date.parse('2027-01-01T08:00:00Z'));
  const days = ['1231', '0101', '1231'].map((day) => new Date(instantOf(line(day))).toISOString().slice(0, 10));
  expect(days).toEqual(['2026-12-31', '2027-01-01', '2026-12-31']);
});

it.each(['0230', '1301', '0000'])('knows no day %s', (day) => {
  expect(klogInstants(Date.parse('2026-11-22T00:00:00Z'))(line(day))).toBeNaN();
});

it.each(['X1121 22:40:12.123456 1 a.go:1] x', 'I1121 22:40:12 1 a.go:1] x', 'I1121 22:40:12.123456', ''])(
  'takes %j for no line of klog',
  (text) => {
    expect(isKlog(text)).toBe(false);
  },
);
