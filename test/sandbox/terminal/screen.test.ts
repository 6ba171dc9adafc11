import { expect, it, vi } from 'vitest';
import { openScreen } from '../../../sandbox/terminal/screen.ts';

function createOutput(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  return { output: { isTTY, columns: 80, write } as unknown as NodeJS.WriteStream, text: () => written.join('') };
}

const half = { done: 1, total: 2, doing: '1 of 2 pods gone', startedAt: Date.now() };

it('has a bar under the lines of a terminal, and leaves only the lines', () => {
  vi.stubEnv('TERM', 'xterm');
  const { output, text } = createOutput(true);
  const screen = openScreen(output);
  expect(screen.columns).toBe(80);
  screen.progress(half);
  screen.print('a fact');
  screen.close();
  expect(text()).toMatch(/a fact\n.*\[={12}-{12}\] {2}1 of 2 pods gone/s);
  expect(text().slice(text().lastIndexOf('1 of 2'))).toContain('\x1b[0J');
  screen.print('the end');
  expect(text().endsWith('the end\n')).toBe(true);
});

it.each([
  ['where the output is no terminal', false, 'xterm'],
  ['on a terminal that can only print', true, 'dumb'],
])('has lines only %s', (_, isTTY, term) => {
  vi.stubEnv('TERM', term);
  const { output, text } = createOutput(isTTY);
  const screen = openScreen(output);
  screen.progress(half);
  screen.print('a fact', 'another');
  screen.close();
  expect([screen.columns, text()]).toEqual([undefined, 'a fact\nanother\n']);
});
