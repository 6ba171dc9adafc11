import { globSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { bundle } from './bundle.ts';

/** functions/<name>/handler.ts → dist/<name>/index.mjs, for every function that has one. */
const root = dirname(import.meta.dirname);
rmSync(`${root}/dist`, { recursive: true, force: true });

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`.padStart(9);
console.log(`${'function'.padEnd(16)} at start   in all     gzip  file`);
for (const entry of globSync('functions/*/handler.ts', { cwd: root }).sort()) {
  const name = basename(dirname(entry));
  const { startBytes, bytes, gzipBytes } = bundle(entry, `dist/${name}`);
  console.log(
    `${name.padEnd(16)}${kilobytes(startBytes)}${kilobytes(bytes)}${kilobytes(gzipBytes)}  dist/${name}/index.mjs`,
  );
}
