/** CloudWatch does not understand the text of a query. The place starts at line 1, column 1; it does not always tell one. */
export class MalformedQueryError extends Error {
  override readonly name = 'MalformedQueryError';
  readonly place: { line: number; column: number } | undefined;

  /** `offset` counts the characters of `text` before what is wrong. */
  constructor(reason: string, text: string, offset: number | undefined, options?: ErrorOptions) {
    const before = offset === undefined ? undefined : text.slice(0, offset).split('\n');
    const place = before && { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    super(place ? `line ${place.line}, column ${place.column}: ${reason}` : reason, options);
    this.place = place;
  }
}
