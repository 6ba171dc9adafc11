import { AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { during } from '../../shared/adapters/during.ts';
import { createGroupMembers } from '../../shared/adapters/group-members.ts';
import type { GroupMembersPort } from '../../shared/manual/group-members.ts';
import type { AwsAccess } from './connection.ts';

/** Auto Scaling, for somebody who only looks. Import it only when it is needed. */
export function openGroupMembers(aws: AwsAccess): GroupMembersPort {
  return createGroupMembers(new AutoScalingClient({ ...clientDefaults, ...aws }));
}

/** The group of every instance of the region, by the instance's id. */
export async function groupsByInstance(aws: AwsAccess, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const client = new AutoScalingClient({ ...clientDefaults, ...aws });
  const collect = async () => {
    const groups = new Map<string, string>();
    for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups(
      { client, pageSize: 100 },
      {},
      { abortSignal: signal },
    ))
      for (const { AutoScalingGroupName = '', Instances = [] } of AutoScalingGroups)
        for (const { InstanceId } of Instances) if (InstanceId) groups.set(InstanceId, AutoScalingGroupName);
    return groups;
  };
  return during('describing the groups', signal, collect());
}
