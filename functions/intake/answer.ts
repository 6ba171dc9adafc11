import type { SQSBatchResponse } from 'aws-lambda';
import type { Delivery } from './deliveries.ts';
import type { Outcome } from './take-delivery.ts';

/**
 * What the invoker is told. A queue gets back only the messages that could not be read or started, so that these alone come again
 * and end in its dead-letter queue; for SNS and EventBridge the invocation fails, and what was started is joined by the retry.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function answer(
  taken: readonly { delivery: Delivery; outcomes: readonly Outcome[] }[],
): SQSBatchResponse | undefined {
  const failed = taken.filter(({ outcomes }) => outcomes.some(isFailure));
  const unnamed = failed.filter(({ delivery }) => delivery.channel !== 'sqs' || delivery.id === undefined);
  if (unnamed.length > 0) {
    const errors = unnamed.flatMap(({ outcomes }) => outcomes.filter(isFailure).map(asError));
    throw new AggregateError(errors, `intake failed: ${errors.map(({ message }) => message).join('; ')}`);
  }
  if (taken.every(({ delivery }) => delivery.channel !== 'sqs')) return undefined;
  const ids = new Set(failed.map(({ delivery }) => delivery.id as string));
  return { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) };
}

type Failure = Extract<Outcome, { outcome: 'malformed' | 'failed' }>;
const isFailure = (outcome: Outcome): outcome is Failure => ['malformed', 'failed'].includes(outcome.outcome);

const asError = (failure: Failure) =>
  new Error(failure.text, failure.outcome === 'failed' ? { cause: failure.error } : undefined);
