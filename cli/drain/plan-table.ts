import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

export interface TextOptions {
  color: boolean;
  /** Of the terminal, in characters; lines are cut there, but no command. */
  width: number;
}

export interface Cell {
  text: string;
  style?: Style;
}

/** Writes lines and tables of one terminal. */
export function pen({ color, width }: TextOptions) {
  const style = (name: Style, text: string) => (color ? styleText(name, text, { validateStream: false }) : text);
  const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, Math.max(0, most - 1))}…` : text);

  /** Two spaces between columns. The last but one column gives way when the table is too wide, then the last. */
  function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
    if (rows.length === 0) return [];
    const heads = headings.map((heading): Cell => ({ text: heading.toUpperCase(), style: 'dim' }));
    const widths = heads.map((head, column) =>
      Math.max(head.text.length, ...rows.map((row) => row[column]?.text.length ?? 0)),
    );
    const indent = 4;
    let over = indent + widths.reduce((sum, each) => sum + each + 2, -2) - width;
    for (const column of [widths.indexOf(Math.max(...widths)), ...widths.keys()]) {
      const given = Math.max(0, Math.min(over, (widths[column] ?? 0) - leastWidth));
      widths[column] = (widths[column] ?? 0) - given;
      over -= given;
    }
    return [heads, ...rows].map((row) => {
      const cells = row.map(({ text, style: name }, column) => {
        const most = widths[column] ?? 0;
        const shown = cut(text, most).padEnd(most);
        return name ? style(name, shown) : shown;
      });
      return `${' '.repeat(indent)}${cells.join('  ')}`.trimEnd();
    });
  }

  /** Wrapped at spaces; `whole`: kept on one line, to be copied. */
  function line(text: string, indent = 0, whole = false): string {
    const room = Math.max(leastWidth, width - indent);
    if (whole || text.length <= room) return `${' '.repeat(indent)}${text}`;
    const lines: string[] = [''];
    for (const word of text.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last === '') lines[lines.length - 1] = word;
      else if (last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines.map((each, index) => `${' '.repeat(index === 0 ? indent : indent + 2)}${each}`).join('\n');
  }

  return { style, line, table };
}

/** No column is cut further. */
const leastWidth = 12;
