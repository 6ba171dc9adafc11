import { type AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { denied } from './group-hook-errors.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Ends an instance by its group, so that Auto Scaling and the lifecycle hooks know of it. Apart from the rest of Auto Scaling: whoever drains
 * by hand has no right to the rest. `busy`: nothing was done, ask again later. `gone`: Auto Scaling does not know the instance.
 * Give it a client that asks once: nothing says that a second request for an instance that goes already does not lower the group's number
 * again, and then Auto Scaling would end one that nobody has drained.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html
 */
export function createEndInstance(client: Pick<AutoScalingClient, 'send'>) {
  return {
    terminate: (InstanceId: string, { decrement }: { decrement: boolean }, signal: AbortSignal) => {
      const command = new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId,
        ShouldDecrementDesiredCapacity: decrement,
      });
      const sent = client
        .send(command, { abortSignal: signal })
        .then(() => 'done' as const)
        .catch(unlessBusy)
        .catch(unlessUnknown)
        .catch(denied('TerminateInstanceInAutoScalingGroup'));
      return during(`ending instance ${InstanceId}`, signal, sent);
    },
  };
}

function unlessUnknown(error: unknown): 'gone' {
  if (isNamed(error, 'ValidationError') && /instance id not found|no managed instance/i.test(error.message))
    return 'gone';
  throw error;
}
