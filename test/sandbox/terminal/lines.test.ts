import { expect, it, test, vi } from 'vitest';
import type { Line } from '../../../sandbox/story/line.ts';
import { formatLine } from '../../../sandbox/terminal/format-line.ts';
import { timeline } from '../../../sandbox/terminal/timeline.ts';
import { wrap } from '../../../sandbox/terminal/wrap.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';

test.each([
  ['one two three', 80, ['one two three']],
  ['one two three', 8, ['one two', 'three']],
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 6, ['one', 'two', 'three']],
  ['a-long-word b', 4, ['a-long-word', 'b']],
  ['kept    apart', 80, ['kept    apart']],
  ['', 80, ['']],
])('%j in %i columns is %j', (text, columns, lines) => {
  expect(wrap(text, columns)).toEqual(lines);
});

const line: Line = { at: 12_345, mark: 'held', text: 'shop/web-1: no', next: 'the drain waits', tone: 'warn' };

it('puts a fact and what follows into one line where lines are not broken', () => {
  vi.stubEnv('NO_COLOR', '1');
  expect(formatLine(line, undefined)).toEqual([' 12.3 s  held       shop/web-1: no -> the drain waits']);
});

it('breaks lines under each other on a terminal, none longer than it is wide', () => {
  vi.stubEnv('NO_COLOR', '1');
  expect(formatLine({ ...line, text: 'shop/web-1: it may not go' }, 40)).toEqual([
    ' 12.3 s  held       shop/web-1: it may',
    '                    not go',
    '                    -> the drain waits',
  ]);
});

it('has one line for what happens to several pods one after the other', () => {
  const at = (second: number) => new Date(second * 1000).toISOString();
  const gone = (pod: string) => ({ at: at(2), what: 'gone', text: 'it is gone', pod });
  const entries = [
    { at: at(1), what: 'marked', text: 'cordoned' },
    { at: at(1), what: 'marked', text: 'cordoned' },
    ...['a', 'b', 'c', 'd', 'e'].map(gone),
    { at: at(3), what: 'refused', text: 'x', pod: 'f' },
    { at: at(3), what: 'refused', text: 'y', pod: 'g' },
  ];
  const told = timeline({ startedAt: at(0), timeline: entries } as DrainReport);
  expect(told.map((each) => [each.at, each.mark, each.text])).toEqual([
    [1000, 'marked', 'cordoned'],
    [1000, 'marked', 'cordoned'],
    [2000, 'gone', 'a, b, c and 2 more: it is gone'],
    [3000, 'refused', 'f: x'],
    [3000, 'refused', 'g: y'],
  ]);
});
