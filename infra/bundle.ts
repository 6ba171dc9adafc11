import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync, type Metafile } from 'esbuild';
import { bundling } from './bundling.ts';

export interface Bundle {
  /** The module that Lambda loads. */
  file: string;
  /** What is read at the start: that module, and what it imports. */
  startBytes: number;
  /** With what is imported later, without the source maps. */
  bytes: number;
  gzipBytes: number;
  /** Modules that are left to be found at run time. */
  externals: string[];
}

const root = dirname(import.meta.dirname);

/** Bundles a handler into `index.mjs` in the folder, with the files that it loads later. Synchronous, as CDK's bundling is. */
export function bundle(entry: string, folder: string): Bundle {
  const { metafile } = buildSync({ ...bundling, absWorkingDir: root, entryPoints: [entry], outdir: folder });
  const modules = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'));
  const [start = ''] = modules.find(([, output]) => output.entryPoint === entry) ?? [];
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    file: resolve(root, start),
    startBytes: sum([...importedFrom(start, metafile)].map((path) => metafile.outputs[path]?.bytes ?? 0)),
    bytes: sum(modules.map(([, { bytes }]) => bytes)),
    gzipBytes: sum(modules.map(([path]) => gzipSync(readFileSync(resolve(root, path))).length)),
    externals: modules.flatMap(([, { imports }]) => imports.filter(({ external }) => external).map(({ path }) => path)),
  };
}

function importedFrom(start: string, metafile: Metafile, found = new Set<string>()): Set<string> {
  if (found.has(start)) return found;
  found.add(start);
  for (const { path, kind, external } of metafile.outputs[start]?.imports ?? []) {
    if (kind === 'import-statement' && !external) importedFrom(path, metafile, found);
  }
  return found;
}
