import { expect, it } from 'vitest';
import { formatOfLine, instantsOf, type LineFormat, withoutExportTime } from '../../../shared/log-files/line-format.ts';
import { auditLine, controllerLine } from './log-folder.ts';

const event = (stageTimestamp: string) =>
  JSON.stringify({ requestObject: { stageTimestamp: '1999', note: '"stageTimestamp":"x"' }, stageTimestamp });

it('finds the instants of audit events, be they of the same second or not', () => {
  const instantOf = instantsOf('audit', 0);
  const times = [
    '2026-02-03T04:05:06.789012Z',
    '2026-02-03T04:05:06.001999Z',
    '2026-02-03T04:05:07.5Z',
    '2026-02-03T04:05:07Z',
    '2026-02-03T04:05:06.999999Z',
    '2026-02-03T04:05:06.999999+01:00',
    '2027-02-03T04:05:06.123456Z',
  ];
  expect(times.map((time) => instantOf(event(time)))).toEqual(times.map((time) => Date.parse(time)));
  const broken = [event('soon'), event('2027-02-03T04:05:06.12'), event(times[0] ?? '').slice(0, -1), '{}', ''];
  expect(broken.map(instantOf)).toEqual([
    Number.NaN,
    Date.parse('2027-02-03T04:05:06.12'),
    ...Array(3).fill(Number.NaN),
  ]);
});

it.each<[LineFormat, string, string]>([
  ['logfmt', 'time="2026-11-21T22:40:01Z" level=info msg="x"', '2026-11-21T22:40:01.000Z'],
  ['klog', controllerLine, '2026-11-21T22:40:14.614Z'],
  ['klog', '{"ts":1795293612123.4,"caller":"a.go:1","msg":"x"}', '2026-11-21T20:40:12.123Z'],
  ['klog', '{"level":"warn","ts":"2026-11-21T22:40:12.5Z","logger":"etcd-client"}', '2026-11-21T22:40:12.500Z'],
  [
    'cloudtrail',
    '{"eventVersion":"1.11","eventTime":"2026-11-21T22:40:01Z","eventSource":"x"}',
    '2026-11-21T22:40:01.000Z',
  ],
  ['audit', auditLine('get'), '2026-11-21T22:40:00.123Z'],
])('knows a line of %s and its instant: %s', (format, line, instant) => {
  expect(formatOfLine(line)).toBe(format);
  expect(new Date(instantsOf(format, Date.parse('2026-11-22T00:00:00Z'))(line)).toISOString()).toBe(instant);
});

it.each(['', 'panic!', '{"a":1}', 'time=now'])('knows no format of %j', (line) => {
  expect(formatOfLine(line)).toBeUndefined();
});

it('takes off the time that an export puts before a line', () => {
  const exportedMs = Date.UTC(2026, 10, 21, 22, 40, 5);
  expect(withoutExportTime('2026-11-21T22:40:05.000Z x')).toEqual({ line: 'x', exportedMs });
  expect(withoutExportTime('2026-11-21 x')).toEqual({ line: '2026-11-21 x' });
});
