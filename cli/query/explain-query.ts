import { QueryError } from '../../shared/log-insights-ql/query-error.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { MalformedQueryError } from '../../shared/log-query/malformed-query-error.ts';
import { CommandError } from '../command-error.ts';

/** What is wrong with a query's text, with the line and a mark under the place; other errors as they are. */
export function explainQuery(error: unknown, { name, text }: { name: string; text: string }): unknown {
  if (error instanceof QueryError) {
    const { line, column, message } = error;
    return new CommandError(withoutUnseen(`${name}: ${message}`), marked(text, line, column), { cause: error });
  }
  const malformed = malformedIn(error);
  if (!malformed) return error;
  const { place, message } = malformed;
  return new CommandError(
    withoutUnseen(`${name}: CloudWatch does not understand it: ${message}`),
    place ? marked(text, place.line, place.column) : undefined,
    { cause: error },
  );
}

/** The line, each character that is not seen as one space, and a caret. */
function marked(text: string, line: number, column: number): string {
  const shown = (text.split('\n')[line - 1] ?? '').replaceAll(/[^\P{C}]/gu, ' ');
  return `  ${shown}\n  ${' '.repeat(column - 1)}^`;
}

function malformedIn(error: unknown): MalformedQueryError | undefined {
  if (error instanceof MalformedQueryError) return error;
  return error instanceof Error ? malformedIn(error.cause) : undefined;
}
