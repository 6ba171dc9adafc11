import { renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { FixRecord } from '../../../shared/audit/fix/fix-record.ts';
import { CommandError } from '../../command-error.ts';
import { readOr, writeOr } from '../named-files.ts';

const value = z.nullable(z.string());
const change = z.strictObject({
  subnet: z.string(),
  key: z.string(),
  before: value,
  after: value,
  done: z.union([z.boolean(), z.literal('unknown')]),
  undone: z.literal(true).exactOptional(),
  problem: z.string().exactOptional(),
});
const schema: z.ZodType<FixRecord> = z.strictObject({
  version: z.literal(1),
  kind: z.literal('subnet-tag-fix'),
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
  at: z.string(),
  takenAt: z.string(),
  changes: z.array(change),
});

/** Throws a CommandError that says where the file is wrong. */
export function readRecord(file: string): FixRecord {
  const refuse = (problems: string[], cause: unknown): never => {
    throw new CommandError(`${file} is no record of a fix: ${problems.join('; ')}`, undefined, { cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(readOr(file));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    return refuse([(cause as Error).message], cause);
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  return refuse(
    read.error.issues.slice(0, 5).map(({ path, message }) => `${z.core.toDotPath(path) || 'the file'}: ${message}`),
    read.error,
  );
}

/** A file that was not there before. Throws a CommandError. */
export function beginRecord(file: string, record: FixRecord): void {
  try {
    writeFileSync(file, textOf(record), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it is there already, and may be the record of another fix' : message;
    throw new CommandError(`writing ${file}: ${why}`, 'Nothing was changed. Name another with --record.', { cause });
  }
}

/** In place of what it was, at once: whoever reads it finds a whole one. Throws a CommandError. */
export function saveRecord(file: string, record: FixRecord): void {
  const next = `${file}.next`;
  writeOr(next, textOf(record));
  renameSync(next, file);
}

function textOf(record: FixRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
