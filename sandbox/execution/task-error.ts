/** An error under the name that Step Functions gives it; retriers and catchers go by the name. */
export class TaskError extends Error {
  /** The interpreter reads both: false, and not even States.ALL matches it there. */
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(
    name: string,
    message: string,
    options: { cause?: unknown; retryable?: boolean; catchable?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = name;
    this.isRetryable = options.retryable ?? true;
    this.isCatchable = options.catchable ?? true;
  }
}
