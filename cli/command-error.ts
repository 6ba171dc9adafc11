/** Nothing that a stack trace would explain: one line, and what to do about it. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly next: string | undefined;
  constructor(message: string, next?: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
