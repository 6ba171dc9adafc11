import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LogFileError, shown } from './log-file-error.ts';

export interface LogFile {
  path: string;
  /** The same for all names of a file. */
  id: string;
  /** Milliseconds since the epoch: nothing in it is newer. */
  modifiedMs: number;
  /** Found in a directory, where logs of all kinds may lie; not asked for by its name. */
  found: boolean;
}

/** Standard input, as a name of a file. */
export const standardInput = '-';

/** What an export to S3 writes to see whether it may: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html */
const noLogs = new Set(['aws-logs-write-test']);

/**
 * The files of a name: itself, or all that are in it and below, in the order of their names (parts of a stream are numbered).
 * @throws LogFileError if there is none
 */
export async function findLogFiles(name: string): Promise<LogFile[]> {
  const { isFile, isDirectory, ...file } = await look(name);
  if (isFile) return [{ path: name, ...file, found: false }];
  if (!isDirectory) throw new LogFileError(`${shown(name)} is neither a file nor a directory`);
  const files = await filesIn(name);
  if (files.length === 0) throw new LogFileError(`there is no file in ${shown(name)}`);
  return files;
}

async function filesIn(directory: string): Promise<LogFile[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = entries
    .filter(
      (entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith('.') && !noLogs.has(entry.name),
    )
    .map(({ name, parentPath }) => join(parentPath, name));
  const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const own = await Promise.all(
    files.map(async (path) => {
      const { isFile, id, modifiedMs } = await look(path);
      return isFile ? [{ path, id, modifiedMs, found: true }] : [];
    }),
  );
  const deeper = await Promise.all(below.map((name) => filesIn(join(directory, name))));
  return [...own.flat(), ...deeper.flat()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function look(path: string) {
  try {
    const stats = await stat(path);
    // A pipe (`<(zcat …)`) is read as a file is.
    const isFile = stats.isFile() || stats.isFIFO() || stats.isCharacterDevice();
    return { isFile, isDirectory: stats.isDirectory(), id: `${stats.dev}:${stats.ino}`, modifiedMs: stats.mtimeMs };
  } catch (cause) {
    throw new LogFileError(`${shown(path)} cannot be read: ${whyNot(cause)}`, { cause });
  }
}

export function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be opened';
  return message;
}
