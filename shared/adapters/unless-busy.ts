import { isNamed } from './error-name.ts';

/**
 * A scaling activity or another change is under way, or we ask too often: nothing was done, and it may be asked again later.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html
 */
export function unlessBusy(error: unknown): 'busy' {
  if (isNamed(error, 'ScalingActivityInProgressFault', 'ScalingActivityInProgress', 'ResourceContentionFault'))
    return 'busy';
  if (isNamed(error, 'Throttling', 'ThrottlingException', 'RequestLimitExceeded')) return 'busy';
  throw error;
}
