import { styleText } from 'node:util';
import type { Line } from '../story/line.ts';
import { wrap } from './wrap.ts';

const markColumns = 11;
const indent = ' '.repeat(9 + markColumns);
const styles = { plain: 'bold', good: 'green', warn: 'yellow', bad: 'red', quiet: 'dim' } as const;

/** One fact: the second, what kind, the fact, and what follows from it; a line where lines are not broken. */
export function formatLine({ at, mark, text, next, tone }: Line, columns: number | undefined): string[] {
  const seconds = `${(at / 1000).toFixed(1).padStart(5)} s`;
  const head = `${styleText('dim', seconds)}  ${styleText(styles[tone], mark.padEnd(markColumns - 1))} `;
  if (columns === undefined) return [`${head}${text}${next === undefined ? '' : ` -> ${next}`}`];
  const shade = (line: string) => (tone === 'quiet' ? styleText('dim', line) : line);
  const width = columns - indent.length;
  const lines = [
    ...wrap(text, width).map(shade),
    ...(next === undefined ? [] : wrap(`-> ${next}`, width).map((line) => styleText('dim', line))),
  ];
  return lines.map((line, index) => `${index === 0 ? head : indent}${line}`);
}
