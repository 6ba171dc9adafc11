import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';

// A tick's retriers add up: each counts its own attempts. Together they are through after two hours at the latest, were every attempt
// but the throttled ones to take all of its time.

/**
 * The function was not even started, which is told at once: many attempts that cost nothing, spread so that drains do not come back
 * together. The pauses are 21 minutes on average, and 42 at most.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
 */
export const throttledRetry: RetryProps = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(120),
  maxAttempts: 26,
  jitterStrategy: JitterType.FULL,
};

/**
 * Whatever else befalls a tick: Lambda's own trouble, a time limit, or what it throws, be it a bug, for which a new version may be
 * deployed meanwhile. Attempts that fail at once last for 23 minutes; attempts of up to 6 minutes each, for an hour and 17 minutes.
 * Without jitter, so that the least is certain; executions do not start together.
 */
export const tickRetry: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(5),
  backoffRate: 3,
  maxDelay: Duration.minutes(5),
  maxAttempts: 8,
  jitterStrategy: JitterType.NONE,
};

/** For a single call of an AWS service by the machine itself: six minutes of pauses, and 17 minutes if each attempt takes its minute. */
export const serviceCallRetry: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(1),
  maxAttempts: 10,
  jitterStrategy: JitterType.FULL,
};
