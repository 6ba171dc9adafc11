import { InvalidArgumentError } from 'commander';

const units: readonly string[] = ['B', 'KB', 'MB', 'GB', 'TB'];
const written = /^(\d{1,9}(?:\.\d{1,3})?)\s?(B|[KMGT]B)?$/i;

/** Bytes: `500MB`, `10GB`, `1.5TB`, in units of a thousand. */
export function readBytes(text: string): number {
  const [, digits, unit = 'B'] = written.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * 1000 ** units.indexOf(unit.toUpperCase()));
  if (!(bytes > 0)) throw new InvalidArgumentError('expected bytes such as 500MB, 10GB or 1.5TB');
  return bytes;
}
