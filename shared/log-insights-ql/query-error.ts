/** A query that cannot be evaluated here, with the place of what is wrong: lines and columns start at 1. */
export class QueryError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(reason: string, query: string, offset: number, options?: ErrorOptions) {
    const before = query.slice(0, offset).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    super(`line ${line}, column ${column}: ${reason}`, options);
    this.name = 'QueryError';
    this.line = line;
    this.column = column;
  }
}
