import { isNamed } from './error-name.ts';
import { DeniedError } from './paced-calls.ts';

/** Putting a hook takes a right of IAM as well, and then the message alone says so. */
export function denied(operation: string) {
  return (error: unknown): never => {
    if (!isNamed(error, 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation')) throw error;
    const [, right] = /not authorized to perform: ([a-z]+:\w+)/.exec(error.message) ?? [];
    throw new DeniedError(right ?? `autoscaling:${operation}`, { cause: error });
  };
}

/** Auto Scaling has no error code for what does not exist: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html */
export function unlessGone<T>(value: T) {
  return (error: unknown): T => {
    if (isNamed(error, 'ValidationError') && /not found|no lifecycle hook/i.test(error.message)) return value;
    throw error;
  };
}
