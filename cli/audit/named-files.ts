import { readFileSync, writeFileSync } from 'node:fs';
import { CommandError } from '../command-error.ts';

/** The text of a file that somebody named; `-` is standard input. Throws a CommandError. */
export function readOr(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new CommandError(`reading ${file}: ${wordsOf(cause)}`, undefined, { cause });
  }
}

/** For its owner alone: what is written is a map of a network. Throws a CommandError. */
export function writeOr(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new CommandError(`writing ${file}: ${wordsOf(cause)}`, undefined, { cause });
  }
}

function wordsOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return known[code] ?? message;
}

const known: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'that is not allowed',
  EISDIR: 'it is a folder',
};
