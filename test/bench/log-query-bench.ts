import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { auditLine, auditLines } from './audit-log.ts';
import type { Ratios } from './log-query-run.ts';
import { type Bench, median } from './result.ts';

const [events, pairs] = [20_000, 3];
const leastMedianBytes = 1536;
const eventsInMemory = 1_000_000;
/** It keeps two numbers for each request: no other query's memory grows so with its events. */
const hungriest = 'Q47';
const inRow = 8;

/**
 * Queries of the catalogue over a file of a few megabytes, each against reading and parsing the lines of the same file and no more, in the
 * same process and in turns; and the memory that the hungriest of them takes for a million events.
 */
export const bench: Bench = async () => {
  const bytes = median(Array.from({ length: 1001 }, (_, index) => Buffer.byteLength(auditLine(index))));
  if (bytes < leastMedianBytes) throw new Error(`events of ${bytes} bytes are smaller than real ones`);
  const folder = mkdtempSync(join(tmpdir(), 'enl-log-query-'));
  try {
    const file = join(folder, 'audit.log');
    await pipeline(Readable.from(auditLines(events)), createWriteStream(file));
    const ratios = await inItsOwnProcess<Ratios>('ratios', file, String(pairs));
    const megabytes = await inItsOwnProcess<number>('memory', String(eventsInMemory), hungriest);
    const worst = ratios.reduce((a, b) => (a.ratio > b.ratio ? a : b));
    return [
      {
        name: 'query of a log: time',
        value: worst.ratio,
        limit: 2,
        unit: '×',
        detail: `${worst.query} as a multiple of parsing ${events} events of ${bytes} bytes\n${tableOf(ratios)}`,
      },
      {
        name: 'query of a log: memory',
        value: megabytes,
        limit: 512,
        unit: 'MB',
        detail: `peak resident memory of ${hungriest} over ${eventsInMemory} events, Node's own included`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function tableOf(ratios: Ratios): string {
  const cells = ratios.map(({ query, ratio }) => `${query} ${ratio.toFixed(2)}`);
  const rows = Array.from({ length: Math.ceil(cells.length / inRow) }, (_, row) =>
    cells.slice(row * inRow, (row + 1) * inRow),
  );
  return rows.map((row) => `      ${row.join('   ')}`).join('\n');
}

async function inItsOwnProcess<T>(...args: string[]): Promise<T> {
  const program = join(import.meta.dirname, 'log-query-run.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { timeout: 900_000 });
  return JSON.parse(stdout) as T;
}
