import {
  type AutoScalingClient,
  DeleteLifecycleHookCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import type { GroupHook } from '../lifecycle/hook-step.ts';
import { during } from './during.ts';
import { denied, unlessGone } from './group-hook-errors.ts';
import { createGroupHookReads } from './group-hook-reads.ts';

export type GroupHooks = ReturnType<typeof createGroupHooks>;

/** The hooks of groups, as somebody who installs them needs it. A refusal is an Error whose cause is a DeniedError. */
export function createGroupHooks(client: AutoScalingClient) {
  return {
    ...createGroupHookReads(client),

    /** Makes it, or all of its values these. Auto Scaling sends the topic a test message first, and refuses when it cannot. */
    put: (groupName: string, hook: GroupHook, signal: AbortSignal): Promise<'done' | 'gone'> =>
      during(
        `putting hook ${hook.name} on group ${groupName}`,
        signal,
        client
          .send(
            new PutLifecycleHookCommand({
              AutoScalingGroupName: groupName,
              LifecycleHookName: hook.name,
              LifecycleTransition: hook.transition,
              HeartbeatTimeout: hook.heartbeatSeconds,
              DefaultResult: hook.defaultResult,
              NotificationTargetARN: hook.topicArn,
              RoleARN: hook.roleArn,
              NotificationMetadata: hook.metadata,
            }),
            { abortSignal: signal },
          )
          .then(() => 'done' as const)
          .catch(denied('PutLifecycleHook'))
          .catch(unlessGone('gone' as const)),
      ),

    /** `gone`: the hook, or its group, is not there any more. */
    remove: (groupName: string, hookName: string, signal: AbortSignal): Promise<'done' | 'gone'> =>
      during(
        `deleting hook ${hookName} of group ${groupName}`,
        signal,
        client
          .send(new DeleteLifecycleHookCommand({ AutoScalingGroupName: groupName, LifecycleHookName: hookName }), {
            abortSignal: signal,
          })
          .then(() => 'done' as const)
          .catch(denied('DeleteLifecycleHook'))
          .catch(unlessGone('gone' as const)),
      ),
  };
}
