import type { AutoScalingGroup, LifecycleHook } from '@aws-sdk/client-auto-scaling';
import type { GroupHook, HookedGroup } from '../lifecycle/hook-step.ts';
import { answered } from './answered.ts';

export function viewGroup(group: AutoScalingGroup): HookedGroup {
  return {
    name: answered('AutoScalingGroupName', group.AutoScalingGroupName),
    tags: Object.fromEntries((group.Tags ?? []).map(({ Key, Value = '' }) => [answered('Key', Key), Value])),
    instances: (group.Instances ?? []).map(({ InstanceId, LifecycleState = '' }) => ({
      id: answered('InstanceId', InstanceId),
      lifecycleState: LifecycleState,
    })),
    ...(group.InstanceLifecyclePolicy?.RetentionTriggers?.TerminateHookAbandon === 'retain' && {
      retainsAbandoned: true,
    }),
  };
}

export function viewHook(hook: LifecycleHook): GroupHook {
  return {
    name: answered('LifecycleHookName', hook.LifecycleHookName),
    transition: answered('LifecycleTransition', hook.LifecycleTransition),
    heartbeatSeconds: answered('HeartbeatTimeout', hook.HeartbeatTimeout),
    defaultResult: answered('DefaultResult', hook.DefaultResult),
    topicArn: hook.NotificationTargetARN || undefined,
    roleArn: hook.RoleARN || undefined,
    metadata: hook.NotificationMetadata || undefined,
  };
}
