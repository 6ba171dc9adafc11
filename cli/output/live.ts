import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';

export type Style = (name: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', text: string) => string;

/** What lines are written on. */
export interface Paper {
  /** Infinity: lines are not broken. */
  columns: number;
  /** By what the stream can show, NO_COLOR and FORCE_COLOR. */
  style: Style;
}

/** Where something is shown that changes. */
export interface Live extends Paper {
  /** Lines are broken and redrawn there. */
  isTerminal: boolean;
  /** In place of what was shown before; nothing where there is no terminal. */
  show(lines: readonly string[]): void;
  /** Lines that stay, above what changes. */
  keep(...lines: string[]): void;
  /** Takes away what changes. */
  close(): void;
}

export const styleFor =
  (stream: NodeJS.WriteStream): Style =>
  (name, text) =>
    styleText(name, text, { stream });

/** A terminal that says it has no rows, as those of `script` do, would show nothing of what is redrawn. */
function isScreen({ isTTY, rows, columns }: NodeJS.WriteStream): boolean {
  return isTTY && process.env.TERM !== 'dumb' && rows > 0 && columns > 0;
}

export function openLive(stream: NodeJS.WriteStream): Live {
  const style = styleFor(stream);
  if (!isScreen(stream)) {
    return {
      isTerminal: false,
      style,
      columns: Number.POSITIVE_INFINITY,
      show: () => {},
      keep: (...lines) => void stream.write(`${lines.join('\n')}\n`),
      close: () => {},
    };
  }
  const update = createLogUpdate(stream);
  let shown: readonly string[] = [];
  const live: Live = {
    isTerminal: true,
    style,
    get columns() {
      return stream.columns || 80;
    },
    show: (lines) => {
      shown = lines;
      update(lines.join('\n'));
    },
    keep: (...lines) => {
      update.clear();
      stream.write(`${lines.join('\n')}\n`);
      if (shown.length > 0) update(shown.join('\n'));
    },
    close: () => {
      update.clear();
      update.done();
      shown = [];
    },
  };
  return live;
}
