import { type AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { createGroupLookups } from './group-lookups.ts';

/** A group and its instances, for drains that somebody asks for. Throws what it cannot explain. */
export function createGroupMembers(client: Pick<AutoScalingClient, 'send'>) {
  return {
    describeGroup: createGroupLookups(client).describeGroup,
    groupInstances: (groupName: string, signal: AbortSignal) =>
      during(
        `listing the instances of group ${groupName}`,
        signal,
        client
          .send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [groupName] }), { abortSignal: signal })
          .then(({ AutoScalingGroups = [] }) =>
            AutoScalingGroups[0]?.Instances?.map((instance) => ({
              instanceId: answered('InstanceId', instance.InstanceId),
              lifecycleState: answered('LifecycleState', instance.LifecycleState),
              zone: instance.AvailabilityZone,
            })),
          ),
      ),
  };
}
