import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';

const gap = 2;
/** Longer words are broken. */
const longestWord = 20;
/** Of the values of a block, in a terminal that is narrower than any. */
const narrowest = 10;
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

type Rows = readonly (readonly string[])[];

/**
 * A table that fits into a line of so many characters: wide cells are broken between words, the widest first. Where even that is too wide, each
 * row is shown as a block, a line for each of its values. It looks as the tables of other commands do; those take a minute for 20,000 rows.
 */
export function fittedTable(headings: readonly string[], rows: Rows, width: number): string {
  const widths = widthsWithin(headings, rows, width - gap * (headings.length - 1));
  if (!widths) return blocks(headings, rows, width);
  const cells = rows.map((row) => row.map((cell, at) => wrapped(cell, widths[at] ?? 0)));
  const used = widestOf(headings, cells, (lines) => Math.max(...lines.map(({ length }) => length)));
  const heads = used.map((most, at) => (headings[at] ?? '').toUpperCase().padEnd(most));
  const lines = cells.flatMap((row) => linesOf(row, used));
  return [styleText('bold', heads.join(' '.repeat(gap)).trimEnd()), ...lines].join('\n');
}

function linesOf(cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((most, at) => (cells[at]?.[line] ?? '').padEnd(most))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function wrapped(cell: string, most: number): string[] {
  if (cell.length <= most) return [cell];
  return wrapAnsi(instant.test(cell) ? inTwo(cell) : cell, most, { hard: true }).split('\n');
}

/** undefined: there is not enough room. */
function widthsWithin(headings: readonly string[], rows: Rows, room: number): number[] | undefined {
  const natural = widestOf(headings, rows, ({ length }) => length);
  const sum = (widths: readonly number[]) => widths.reduce((all, each) => all + each, 0);
  if (sum(natural) <= room) return natural;
  const least = widestOf(headings, rows, (cell) => Math.min(longestWord, wordLength(cell)));
  if (sum(least) > room) return undefined;
  let widths = least;
  for (let most = 1; ; most++) {
    const wider = natural.map((each, at) => Math.max(least[at] ?? 0, Math.min(each, most)));
    if (sum(wider) > room) return widths;
    widths = wider;
  }
}

/** Of each column, its heading included. */
function widestOf<Cell>(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  measure: (cell: Cell) => number,
): number[] {
  const widths = headings.map(({ length }) => length);
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, measure(cell));
  return widths;
}

function wordLength(cell: string): number {
  const words = instant.test(cell) ? inTwo(cell).split('\n') : cell.split(/\s+/);
  return Math.max(...words.map(({ length }) => length));
}

/** The day, and the time below it. */
function inTwo(cell: string): string {
  return cell.replace('T', 'T\n');
}

/** As `psql` shows a row that is too wide. */
function blocks(headings: readonly string[], rows: Rows, width: number): string {
  const label = Math.max(...headings.map(({ length }) => length)) + gap;
  const room = Math.max(narrowest, width - label);
  const block = (row: readonly string[]) =>
    headings.flatMap((heading, at) => {
      const cell = row[at] ?? '';
      const lines = cell.length <= room ? [cell] : wrapAnsi(cell, room, { hard: true }).split('\n');
      return cell === '' ? [] : lines.map((line, number) => `${(number === 0 ? heading : '').padEnd(label)}${line}`);
    });
  return rows.map((row, number) => [`-- ${number + 1} of ${rows.length} --`, ...block(row)].join('\n')).join('\n');
}
