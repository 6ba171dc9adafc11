import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { during } from './during.ts';
import type { StoredReports } from './open-stored-reports.ts';

/** The JSON files of a folder, those of its folders left out. */
export function createFolderReports(folder: string): StoredReports {
  const changed = async (key: string) => ({ key, changedAt: (await stat(join(folder, key))).mtimeMs });
  const list = async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    return Promise.all(names.map(changed));
  };
  return {
    list: (signal) => during(`listing reports of ${folder}`, signal, list()),
    read: (key, signal) =>
      during(`reading report ${join(folder, key)}`, signal, readFile(join(folder, key), { encoding: 'utf8', signal })),
  };
}
