import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportPort } from '../ports.ts';
import { during } from './during.ts';

/** Reports at `<folder>/<key>.json`, for the sandbox and the command line. A reader never sees half a report. */
export function createFileReports({ folder }: { folder: string }): ReportPort {
  const pathOf = (key: string) => join(folder, `${key}.json`);

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
      const writing = async () => {
        await mkdir(folder, { recursive: true });
        const draft = `${path}.${process.pid}-${crypto.randomUUID()}`;
        await writeFile(draft, `${JSON.stringify(report, null, 2)}\n`, { signal });
        await rename(draft, path);
      };
      await during(`saving report ${path}`, signal, writing());
      return path;
    },
  };
}
