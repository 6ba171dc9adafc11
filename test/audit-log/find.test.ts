import { expect, it } from 'vitest';
import { timedLines } from './find.ts';

it('a line that tells no time of its own was written when the line before was', () => {
  const log = [
    'I1121 22:40:12.123456   1 a.go:1] "x"',
    'runtime error: mvcc',
    '',
    '{"ts":"2026-11-21T22:40:13.000Z"}',
    'more',
  ];
  expect(timedLines(log.join('\n'), 2026).map(({ number, at }) => [number, new Date(at).toISOString()])).toEqual([
    [1, '2026-11-21T22:40:12.123Z'],
    [2, '2026-11-21T22:40:12.123Z'],
    [4, '2026-11-21T22:40:13.000Z'],
    [5, '2026-11-21T22:40:13.000Z'],
  ]);
});
