import { AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { during } from '../../shared/adapters/during.ts';
import type { EndInstancePort } from '../../shared/manual/end-instance.ts';
import type { Connection } from '../connect/connection.ts';

/** Auto Scaling, as far as a drain asks for the end of an instance. */
export async function endInstancePort({ aws }: Connection): Promise<EndInstancePort> {
  const client = new AutoScalingClient({ ...clientDefaults, ...aws });
  return {
    terminate: async (instanceId, { decrement }, signal) => {
      const input = { InstanceId: instanceId, ShouldDecrementDesiredCapacity: decrement };
      const asking = client.send(new TerminateInstanceInAutoScalingGroupCommand(input), { abortSignal: signal });
      return during(`terminating ${instanceId}`, signal, asking.then(() => 'done' as const).catch(expected));
    },
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
function expected(error: Error): 'busy' | 'gone' {
  if (/^ScalingActivityInProgress/.test(error.name)) return 'busy';
  if (error.name === 'ValidationError' && /not found/i.test(error.message)) return 'gone';
  throw error;
}
