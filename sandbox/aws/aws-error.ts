/** An error as a service answers it; each protocol writes it in its own shape. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
