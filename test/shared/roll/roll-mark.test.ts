import { expect, it, test } from 'vitest';
import { type RollMark, readRollMark, writeRollMark } from '../../../shared/roll/roll-mark.ts';
import { readShare, shareOf } from '../../../shared/roll/roll-request.ts';

const small: RollMark = {
  id: 'a1',
  run: 'b2',
  which: 'template',
  old: 3,
  base: 3,
  surge: 0,
  holds: [],
  startedAt: Date.UTC(2026, 2, 1, 8),
  seenAt: Date.UTC(2026, 2, 1, 9),
};
const full: RollMark = {
  ...small,
  id: 'abcdef',
  run: 'ghijkl',
  target: 'lt-0123456789abcdef0:123',
  old: 500,
  base: 500,
  surge: 100,
  move: { from: 500, to: 600 },
  giving: 'i-0123456789abcdef0',
  holds: ['AZRebalance', 'Launch'],
  max: { from: 500, to: 600 },
};

it.each([small, full, { ...small, which: 'older-than', before: Date.UTC(2026, 1, 1) } as const])(
  'what a roll remembers comes back from a tag, which has room for it',
  (mark) => {
    const text = writeRollMark(mark);
    expect(readRollMark(text)).toEqual(mark);
    expect(text.length).toBeLessThanOrEqual(256);
    expect(text).toMatch(/^[\w\s.:/=+@-]*$/);
  },
);

test.each([
  '',
  'id=a run=b',
  writeRollMark(small).replace('base=3', 'base=x'),
  writeRollMark(full).replace('500:600', '500'),
])('a tag of another hand is no mark: %s', (text) => {
  expect(readRollMark(text)).toBeUndefined();
});

test.each([
  ['3', 10, 3, 3],
  ['25%', 10, 2, 3],
  ['5%', 10, 1, 1],
  ['100%', 7, 7, 7],
])('%s of %i is %i, rounded down, and %i, rounded up', (text, desired, down, up) => {
  const share = readShare(text);
  if (!share) throw new Error('unread');
  expect([shareOf(share, desired, 'down'), shareOf(share, desired, 'up')]).toEqual([down, up]);
});

test.each(['0', '', '-1', '101%', '1.5', 'all'])('%j is no share', (text) => {
  expect(readShare(text)).toBeUndefined();
});
