import { expect, it } from 'vitest';
import { splitLines } from '../../../shared/log-files/split-lines.ts';

function linesOf(pieces: readonly string[], longest = 100) {
  const lines: [number, string][] = [];
  const tooLong: number[] = [];
  const splitter = splitLines((line, number) => lines.push([number, line]), {
    longest,
    tooLong: (number) => tooLong.push(number),
  });
  for (const piece of pieces) splitter.push(Buffer.from(piece));
  splitter.end();
  expect(
    lines
      .map(([number]) => number)
      .concat(tooLong)
      .sort(),
  ).toEqual(Array.from({ length: lines.length + tooLong.length }, (_, at) => at + 1));
  return { lines: lines.map(([, line]) => line), tooLong };
}

it.each<[string[], string[]]>([
  [[], []],
  [['a\nb\n'], ['a', 'b']],
  [
    ['a', 'b\nc', 'd'],
    ['ab', 'cd'],
  ],
  [
    ['a\r', '\n\nb'],
    ['a', '', 'b'],
  ],
  [
    ['a\n', '\n', 'b'],
    ['a', '', 'b'],
  ],
])('finds the lines of %j', (pieces, lines) => {
  expect(linesOf(pieces)).toEqual({ lines, tooLong: [] });
});

it.each<[string[], string[], number[]]>([
  [['a\nlonger', 'still', '\nb\n'], ['a', 'b'], [2]],
  [['longer', 'still', 'and more'], [], [1]],
  [['longer', 'still', 'x\nlonger', 'still', '\n'], [], [1, 2]],
  [['longer', 'still', '\nb'], ['b'], [1]],
])('leaves out of %j what is longer than it may be', (pieces, lines, tooLong) => {
  expect(linesOf(pieces, 8)).toEqual({ lines, tooLong });
});

it('finds letters that are cut between two pieces', () => {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line), { longest: 100, tooLong: () => {} });
  for (const byte of Buffer.from('é\n→\n')) splitter.push(Uint8Array.of(byte));
  splitter.end();
  expect(lines).toEqual(['é', '→']);
});
