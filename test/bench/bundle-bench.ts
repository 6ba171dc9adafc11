import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { bundling } from '../../infra/bundling.ts';
import { type Bench, median } from './result.ts';

const ROUNDS = 15;
const CLIENTS = 'test/bench/clients-only.ts';

/**
 * How long the terminate function takes to load, and how large it is. The yardstick is nothing but the AWS clients and
 * middy, bundled with the same options; a plain one-file bundle of them is shown beside it. Every import has a process of its own and the
 * bundles take turns, so that a busy machine slows all of them.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enl-bench-'));
  try {
    const terminate = bundle('functions/terminate/handler.ts', join(folder, 'terminate'));
    const plain = join(folder, 'plain');
    buildSync({ ...bundling, splitting: false, entryPoints: [CLIENTS], outdir: plain });
    const split = bundle(CLIENTS, join(folder, 'clients')).file;
    const [ours = 0, plainFile = 0, alike = 0] = importMilliseconds(
      [terminate.file, join(plain, 'index.mjs'), split],
      folder,
    );
    return [
      {
        name: 'terminate: import time',
        value: ours / alike,
        limit: 1.5,
        unit: '×',
        detail: `${ours.toFixed(0)} ms; AWS clients and middy ${alike.toFixed(0)} ms, as one plain file ${plainFile.toFixed(0)} ms; medians of ${ROUNDS}`,
      },
      {
        name: 'terminate: size',
        value: terminate.bytes / 1e6,
        // A fifth of it draws the report page, and is read when a drain is over.
        limit: 1.8,
        unit: 'MB',
        detail: `${megabytes(terminate.startBytes)} of it at start, ${megabytes(terminate.gzipBytes)} compressed`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

/** The median for each file. */
function importMilliseconds(files: readonly string[], folder: string): number[] {
  const times = files.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, file] of files.entries()) {
      const time = importOnce(file, folder);
      if (round > 0) times[index]?.push(time); // In the first round the files are not in the page cache yet.
    }
  }
  return times.map(median);
}

function importOnce(file: string, folder: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start);`;
  const output = execFileSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', script], {
    env: { AWS_REGION: 'eu-west-1', ENL_HOOK_NAMES: 'drain', ENL_REPORT_FOLDER: folder },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return Number(output);
}
