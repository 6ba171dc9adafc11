import cliProgress from 'cli-progress';
import type { Progress } from '../story/line.ts';

/** Where a scenario is shown. */
export interface Screen {
  /** Where lines are broken; undefined: never, each fact is a line. */
  columns: number | undefined;
  /** Lines, without the newline at the end. */
  print(...lines: string[]): void;
  /** On a terminal, in a line of its own under all others; nowhere else. */
  progress(progress: Progress): void;
  /** Takes the progress line away. */
  close(): void;
}

export function openScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY && process.env.TERM !== 'dumb' ? liveScreen(output) : plainScreen(output);
}

function plainScreen(output: NodeJS.WriteStream): Screen {
  return {
    columns: undefined,
    print: (...lines) => void output.write(`${lines.join('\n')}\n`),
    progress: () => {},
    close: () => {},
  };
}

function liveScreen(output: NodeJS.WriteStream): Screen {
  const bars = new cliProgress.MultiBar({
    format: (options, { progress }, payload: Progress) =>
      barLine(cliProgress.Format.BarFormat(progress, options), payload),
    barsize: 24,
    stream: output,
    hideCursor: true,
    clearOnComplete: true,
    emptyOnZero: true,
    forceRedraw: true,
  });
  let bar: cliProgress.SingleBar | undefined;
  return {
    get columns() {
      return output.columns;
    },
    print: (...lines) => {
      const text = `${lines.join('\n')}\n`;
      if (bar) bars.log(text);
      else output.write(text);
    },
    progress: (progress) => {
      const { done, total } = progress;
      bar ??= bars.create(total, 0, progress);
      bar.setTotal(total);
      bar.update(done, progress);
    },
    close: () => {
      if (!bar) return;
      bars.update(); // what was printed last
      bars.stop();
      bar = undefined;
    },
  };
}

/** As a line of the story, its time going on. */
function barLine(bar: string, { startedAt, doing }: Progress): string {
  const seconds = startedAt === undefined ? 0 : (Date.now() - startedAt) / 1000;
  return `${seconds.toFixed(1).padStart(5)} s  [${bar}]  ${doing}`;
}
