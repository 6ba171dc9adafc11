import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { during } from './during.ts';
import type { ReportStore } from './report-pages.ts';

/** Reports at `<folder>/<key>.json` and their pages at `<folder>/<key>.html`, for the sandbox and the command line. A reader never sees half a report. */
export function createFileReports({ folder }: { folder: string }): ReportStore {
  const pathOf = (key: string, extension = 'json') => join(folder, `${key}.${extension}`);
  const write = async (path: string, text: string, signal: AbortSignal) => {
    await mkdir(folder, { recursive: true });
    const draft = `${path}.${process.pid}-${crypto.randomUUID()}`;
    await writeFile(draft, text, { signal });
    await rename(draft, path);
  };

  return {
    load: async (key, signal) => {
      const reading = readFile(pathOf(key), { encoding: 'utf8', signal }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      const parsing = reading.then((text) => (text === undefined ? undefined : JSON.parse(text)));
      return during(`loading report ${pathOf(key)}`, signal, parsing);
    },

    save: async (key, report, signal) => {
      const path = pathOf(key);
      await during(`saving report ${path}`, signal, write(path, `${JSON.stringify(report, null, 2)}\n`, signal));
      return path;
    },

    savePage: async (key, page, signal) => {
      const path = pathOf(key, 'html');
      await during(`saving page ${path}`, signal, write(path, page, signal));
      return path;
    },
  };
}
