import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';

/**
 * Lambda's own trouble and throttling: half an hour on average, no more than an hour.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
 */
export const serviceTroubleRetry: RetryProps = {
  errors: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  ...spread({ first: 2, longest: 60, attempts: 60 }),
};

/** Each attempt costs minutes, so there are few. */
export const tickTimeoutRetry: RetryProps = {
  errors: ['States.Timeout', 'Sandbox.Timedout'],
  ...spread({ first: 5, longest: 60, attempts: 6 }),
};

/** Whatever a tick throws, be it a bug: a new version may be deployed meanwhile. Half an hour on average, an hour at most. */
export const tickErrorRetry: RetryProps = {
  errors: ['States.ALL'],
  ...spread({ first: 5, longest: 120, attempts: 30 }),
};

/** For a single call of an AWS service by the machine itself: several minutes. */
export const serviceCallRetry: RetryProps = {
  errors: ['States.ALL'],
  ...spread({ first: 2, longest: 60, attempts: 10 }),
};

function spread(seconds: { first: number; longest: number; attempts: number }): RetryProps {
  return {
    interval: Duration.seconds(seconds.first),
    maxDelay: Duration.seconds(seconds.longest),
    backoffRate: 2,
    jitterStrategy: JitterType.FULL,
    maxAttempts: seconds.attempts,
  };
}
