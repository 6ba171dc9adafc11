import { type AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/**
 * Ends an instance by its group, so that Auto Scaling and the lifecycle hooks know of it. Apart from the rest of Auto Scaling: whoever drains
 * by hand has no right to the rest. `busy`: a scaling activity is in progress. `gone`: Auto Scaling does not know the instance.
 */
export function createEndInstance(client: Pick<AutoScalingClient, 'send'>) {
  return {
    terminate: (InstanceId: string, { decrement }: { decrement: boolean }, signal: AbortSignal) => {
      const command = new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId,
        ShouldDecrementDesiredCapacity: decrement,
      });
      const sent = client.send(command, { abortSignal: signal }).then(() => 'done' as const, expected);
      return during(`ending instance ${InstanceId}`, signal, sent);
    },
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
function expected(error: unknown): 'busy' | 'gone' {
  if (isNamed(error, 'ScalingActivityInProgressFault', 'ScalingActivityInProgress', 'ResourceContentionFault'))
    return 'busy';
  if (isNamed(error, 'ValidationError') && /instance id not found|no managed instance/i.test(error.message))
    return 'gone';
  throw error;
}
