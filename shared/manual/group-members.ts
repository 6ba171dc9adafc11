import type { GroupLookups } from '../ports.ts';

/** What a target that is an Auto Scaling group means. Throws what it cannot explain, as GroupLookups do. */
export interface GroupMembersPort extends Pick<GroupLookups, 'describeGroup'> {
  /** undefined: there is no such group. */
  groupInstances(groupName: string, signal: AbortSignal): Promise<readonly GroupMember[] | undefined>;
}

export interface GroupMember {
  instanceId: string;
  /** As Auto Scaling writes it, for example `InService`. */
  lifecycleState: string;
  zone: string | undefined;
}
