import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeOr } from '../audit/named-files.ts';
import { CommandError } from '../command-error.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';

/** Where a result goes, and how wide its lines may be. */
export interface ResultPlace {
  width: number;
  write(text: string): void;
}

/** `-` and undefined are standard output. Throws a CommandError for what cannot be written: what is asked for next may be paid for. */
export function resultPlace(outputFile: string | undefined, { out }: CliPorts): ResultPlace {
  if (outputFile === undefined || outputFile === '-') return { width: terminalWidth(process.stdout), write: out };
  const why = whyNotWritable(outputFile);
  if (why !== undefined) throw new CommandError(`writing ${outputFile}: ${why}`, 'Nothing was asked.');
  return { width: Number.POSITIVE_INFINITY, write: (text) => writeOr(outputFile, text) };
}

function whyNotWritable(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return 'it is a folder';
    accessSync(stats ? file : dirname(file), constants.W_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no such folder' : code === 'EACCES' ? 'that is not allowed' : message;
  }
}
