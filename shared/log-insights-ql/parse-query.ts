import peggy from 'peggy';
import type { Command } from './ast.ts';
import { grammar } from './grammar.ts';
import { QueryError } from './query-error.ts';

let parser: peggy.Parser | undefined;

/** The commands of a query in their order. Throws QueryError. */
export function parseQuery(text: string): Command[] {
  parser ??= peggy.generate(grammar);
  try {
    return parser.parse(text) as Command[];
  } catch (error) {
    if (!(error instanceof parser.SyntaxError)) throw error;
    const { message, location } = error as Error & { location?: { start: { offset: number } } };
    throw new QueryError(message, text, location?.start.offset ?? 0, { cause: error });
  }
}
