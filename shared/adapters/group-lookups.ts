import {
  type AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
} from '@aws-sdk/client-auto-scaling';
import type { GroupLookups } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { findInPages } from './find-in-pages.ts';

/** Apart from the rest of Auto Scaling, since whoever only looks has no right to the rest. */
export function createGroupLookups(client: Pick<AutoScalingClient, 'send'>): GroupLookups {
  return {
    describeInstance: (instanceId, signal) =>
      during(
        `describing instance ${instanceId} of Auto Scaling`,
        signal,
        findInPages(
          (NextToken) =>
            client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId], NextToken }), {
              abortSignal: signal,
            }),
          (page) =>
            page.AutoScalingInstances?.map((instance) => ({
              groupName: answered('AutoScalingGroupName', instance.AutoScalingGroupName),
              lifecycleState: answered('LifecycleState', instance.LifecycleState),
            }))[0],
        ),
      ),

    describeGroup: (groupName, signal) =>
      during(
        `describing group ${groupName}`,
        signal,
        findInPages(
          (NextToken) =>
            client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [groupName], NextToken }), {
              abortSignal: signal,
            }),
          (page) =>
            page.AutoScalingGroups?.map((group) => ({
              name: answered('AutoScalingGroupName', group.AutoScalingGroupName),
              ...(group.InstanceLifecyclePolicy?.RetentionTriggers?.TerminateHookAbandon === 'retain'
                ? { retainsAbandoned: true }
                : {}),
              tags: Object.fromEntries((group.Tags ?? []).map((tag) => [answered('Key', tag.Key), tag.Value ?? ''])),
            }))[0],
        ),
      ),
  };
}
