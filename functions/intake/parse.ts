import * as z from 'zod/mini';
import { type Malformed, malformed } from './reading.ts';

type Parsed<T> = { data: T } | { problem: Malformed };

/** Checks a value against a shape; a problem names each field by its path below `prefix`. */
export function parse<T>(shape: z.ZodMiniType<T>, value: unknown, prefix = ''): Parsed<T> {
  const result = z.safeParse(shape, value, { error: describe });
  if (result.success) return { data: result.data };
  const texts = result.error.issues.map(({ path, message }) => {
    const field = prefix + path.map(String).join('.') || 'the event';
    return message === missing ? `${field} ${missing}` : `${field}: ${message}`;
  });
  return { problem: malformed(texts.join('; ')) };
}

/** JSON.parse, with a problem that names the field and the position but does not repeat the text. */
export function parseJson(text: string, field: string): Parsed<unknown> {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: malformed(`${field}: not JSON${where(error.message)}`) };
  }
}

const missing = 'is missing';

function describe(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return missing;
  if (issue.code === 'invalid_type') return `expected ${article(issue.expected)}, got ${nameOf(issue.input)}`;
  if (issue.code === 'invalid_value') return `expected ${issue.values.join(' or ')}, got ${brief(issue.input)}`;
  return undefined;
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return article(Array.isArray(value) ? 'array' : typeof value);
}

/** A value as it may stand in a log line. */
export function brief(value: unknown): string {
  if (typeof value !== 'string') return nameOf(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** V8 names a position for most errors, and for the others the token that it did not expect. */
function where(message: string): string {
  const [position] = /at position \d+/.exec(message) ?? [];
  if (position) return ` ${position}`;
  const [, token] = /^Unexpected token (.+?), /su.exec(message) ?? [];
  return token ? `, unexpected ${token}` : ', it ends too early';
}
