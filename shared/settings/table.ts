import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { Reader } from './readers.ts';

/** One environment variable: its name, how its text is read, and what its absence means. */
export interface Setting<T> {
  key: `ENL_${string}`;
  reader: Reader<Exclude<T, undefined>>;
  absent: { value: T };
}

export const optional = <T>(key: Setting<T>['key'], reader: Reader<T>): Setting<T | undefined> => ({
  key,
  reader: reader as Reader<Exclude<T, undefined>>,
  absent: { value: undefined },
});

export const withDefault = <T>(key: Setting<T>['key'], reader: Reader<T>, value: T): Setting<T> => ({
  key,
  reader: reader as Reader<Exclude<T, undefined>>,
  absent: { value },
});

// biome-ignore lint/suspicious/noExplicitAny: a table mixes settings of many types
export type Table = Readonly<Record<string, Setting<any>>>;
export type Values<T extends Table> = { [K in keyof T]: T[K]['absent']['value'] };
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the keys of a table say, and every problem with them; a value whose text is wrong is left out. */
export function readTable<T extends Table>(
  table: T,
  environment: Environment,
): { values: Partial<Values<T>>; problems: string[] } {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, { key, reader, absent }] of Object.entries(table)) {
    const text = environment[key];
    if (text === undefined) values[name] = absent.value;
    else {
      const read = readText(text, reader);
      if ('problems' in read) problems.push(...read.problems.map((problem) => `${key}: ${problem}`));
      else values[name] = read.value;
    }
  }
  const known = new Set<string>(Object.values(table).map((setting) => setting.key));
  for (const key of Object.keys(environment)) {
    if (key.startsWith('ENL_') && environment[key] !== undefined && !known.has(key)) {
      problems.push(`${key}: not a setting of this function`);
    }
  }
  return { values: values as Partial<Values<T>>, problems };
}

/** The environment that reads back as these values, without what equals its default, and every value that would not. */
export function writeTable<T extends Table>(
  table: T,
  values: Values<T>,
): { environment: Record<string, string>; problems: string[] } {
  const environment: Record<string, string> = {};
  const problems: string[] = [];
  for (const [name, setting] of Object.entries(table)) {
    const value: unknown = values[name];
    if (isDeepStrictEqual(value, setting.absent.value)) continue;
    environment[setting.key] = textOf(value);
    problems.push(...problemsWith(setting, value).map((problem) => `${setting.key}: ${problem}`));
  }
  return { environment, problems };
}

/** Why no environment would read back as this value. */
export function problemsWith({ reader }: Pick<Setting<unknown>, 'reader'>, value: unknown): string[] {
  const text = textOf(value);
  if (holdsToken(text)) return [];
  const read = readText(text, reader);
  if ('problems' in read) return read.problems;
  if (isDeepStrictEqual(read.value, value)) return [];
  return [
    typeof read.value === typeof value ? 'would not read back as it was given' : `expected a ${typeof read.value}`,
  ];
}

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(',') : String(value));

/** A CDK placeholder for what only the deployment knows: https://docs.aws.amazon.com/cdk/v2/guide/tokens.html */
const holdsToken = (text: string) => text.includes('${Token[');

function readText<T>(text: string, reader: Reader<T>): { value: T } | { problems: string[] } {
  if (text === '') return { problems: ['is empty; leave it out instead'] };
  const read = z.safeParse(reader, text);
  if (read.success) return { value: read.data };
  return {
    problems: read.error.issues.map(({ path: [entry], message }) =>
      entry === undefined ? message : `entry ${Number(entry) + 1}: ${message}`,
    ),
  };
}
