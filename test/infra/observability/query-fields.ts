import type { SavedQuery } from '../../../infra/observability/queries.ts';
import type { WrittenLine } from './written.ts';

const functions = new Set(['ispresent', 'count', 'count_distinct', 'pct', 'max', 'sum', 'latest', 'earliest']);
const keywords = new Set([
  'fields',
  'filter',
  'stats',
  'sort',
  'limit',
  'as',
  'by',
  'and',
  'or',
  'in',
  'like',
  'asc',
  'desc',
]);

/** The fields of a line that a query names: not those of Logs Insights itself, and not what it calls its own results. */
export function fieldsOf({ lines }: SavedQuery): string[] {
  const words = lines
    .map((line) => line.replace(/"[^"]*"|\/[^/]*\//g, ''))
    .flatMap((line) => line.match(/[@A-Za-z_][\w.@]*/g) ?? []);
  const results = new Set(words.filter((_, index) => words[index - 1] === 'as'));
  return [...new Set(words)].filter(
    (word) => !word.startsWith('@') && ![functions, keywords, results].some((set) => set.has(word)),
  );
}

/** The lines that it is about. The example of an instance stands for each of them. */
export function matching({ lines }: SavedQuery, written: readonly WrittenLine[]): WrittenLine[] {
  const filter = lines.find((line) => line.startsWith('filter')) ?? '';
  const message = /message = "([^"]+)"/.exec(filter)?.[1];
  const levels = [...filter.matchAll(/"(WARN|ERROR)"/g)].map(([, level]) => level);
  return written.filter(
    (line) =>
      (message === undefined || line.message === message) && (levels.length === 0 || levels.includes(line.level)),
  );
}

/** As Logs Insights takes JSON apart: `end.reason`. */
export function has(line: Readonly<Record<string, unknown>>, field: string): boolean {
  const value = field
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | null | undefined)?.[name], line);
  return value !== undefined;
}

/** What a query asks for and no line that it is about has. */
export function missingFields(query: SavedQuery, written: readonly WrittenLine[]): string[] {
  const lines = matching(query, written);
  return fieldsOf(query).filter((field) => !lines.some((line) => has(line, field)));
}
