import * as z from 'zod';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import { snapshotSchema } from './snapshot-schema.ts';

const most = 20;

/** What is wrong with a file, a line each. */
export class SnapshotError extends Error {
  override name = 'SnapshotError';
  readonly problems: readonly string[];
  constructor(message: string, problems: readonly string[], options?: ErrorOptions) {
    super([message, ...problems].join('\n'), options);
    this.problems = problems;
  }
}

/** A snapshot from its JSON; `from` is how messages call it. Throws a SnapshotError with the path of everything that is wrong. */
export function readSnapshot(text: string, from: string): NetworkSnapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const cut = /end of JSON|unterminated|after (array element|property value)/i.test((cause as Error).message);
    const what =
      text.trim() === '' ? 'is empty' : cut ? 'ends in the middle: it was not written to its end' : 'is no JSON';
    throw new SnapshotError(`${from} ${what}`, [`  ${(cause as Error).message}`], { cause });
  }
  const read = snapshotSchema.safeParse(value, { error: plainly });
  if (read.success) return read.data;
  const { issues } = read.error;
  const more = issues.length > most ? [`  and ${issues.length - most} more`] : [];
  throw new SnapshotError(`${from} is no network snapshot:`, [
    ...issues.slice(0, most).map(({ path, message }) => `  ${z.core.toDotPath(path) || 'the file'}: ${message}`),
    ...more,
  ]);
}

/** For what has no message of its own. */
function plainly({ code, input, expected }: z.core.$ZodRawIssue): string | undefined {
  if (input === undefined) return 'is missing';
  if (code !== 'invalid_type') return undefined;
  return `expected ${String(expected)}, not ${input === null ? 'null' : Array.isArray(input) ? 'an array' : typeof input}`;
}
