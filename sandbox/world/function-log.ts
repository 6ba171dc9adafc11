import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { LogLine, Observer } from './observation.ts';

/** Keeps what the functions write, metrics as well, and tells the lines of their logs. */
export function openFunctionLog(folder: string, observe: Observer) {
  const path = join(folder, 'functions.log');
  const file = createWriteStream(path);
  return {
    path,
    onLine: (text: string): void => {
      file.write(`${text}\n`);
      const line = parse(text);
      if (line) observe({ at: Date.parse(line.timestamp), from: 'log', line });
    },
    close: async (): Promise<void> => {
      file.end();
      await finished(file);
    },
  };
}

/** Metrics are lines, too, and so is whatever a function dies with. */
function parse(text: string): LogLine | undefined {
  if (!text.startsWith('{"level":')) return undefined;
  return JSON.parse(text) as LogLine;
}
