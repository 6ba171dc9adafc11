import {
  type AutoScalingClient,
  CompleteLifecycleActionCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHook,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import type { HookAction } from '../lifecycle/action.ts';
import type { AutoScalingPort, HookAnswer, HookView } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { createGroupLookups } from './group-lookups.ts';

export function createAutoScaling(client: Pick<AutoScalingClient, 'send'>): AutoScalingPort {
  return {
    ...createGroupLookups(client),

    describeHook: (groupName, hookName, signal) =>
      during(
        `describing hook ${hookName} of group ${groupName}`,
        signal,
        client
          .send(
            new DescribeLifecycleHooksCommand({ AutoScalingGroupName: groupName, LifecycleHookNames: [hookName] }),
            { abortSignal: signal },
          )
          .then((answer) => answer.LifecycleHooks?.map(viewHook)[0], ifNotFound(undefined)),
      ),

    describeHooks: (groupName, signal) =>
      during(
        `describing the hooks of group ${groupName}`,
        signal,
        client
          .send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: groupName }), { abortSignal: signal })
          .then((answer) => (answer.LifecycleHooks ?? []).map(viewHook), ifNotFound<HookView[]>([])),
      ),

    completeAction: (action, result, signal) =>
      during(
        `completing ${nameOf(action)} with ${result}`,
        signal,
        client
          .send(new CompleteLifecycleActionCommand({ ...keyOf(action), LifecycleActionResult: result }), {
            abortSignal: signal,
          })
          .then(() => 'accepted' as const, ifNotFound<HookAnswer>('no-active-action')),
      ),

    recordHeartbeat: (action, signal) =>
      during(
        `recording a heartbeat for ${nameOf(action)}`,
        signal,
        client
          .send(new RecordLifecycleActionHeartbeatCommand(keyOf(action)), { abortSignal: signal })
          .then(() => 'accepted' as const, ifNotFound<HookAnswer>('no-active-action')),
      ),
  };
}

/** The token alone: it names one pause, whereas an instance id would also match a later pause by the same hook. */
function keyOf(action: HookAction) {
  return {
    AutoScalingGroupName: action.groupName,
    LifecycleHookName: action.hookName,
    LifecycleActionToken: action.token,
  };
}

function nameOf(action: HookAction): string {
  return `hook ${action.hookName} of instance ${action.instanceId} in group ${action.groupName}`;
}

function viewHook(hook: LifecycleHook): HookView {
  return {
    name: answered('LifecycleHookName', hook.LifecycleHookName),
    ...(hook.LifecycleTransition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? { launches: true } : {}),
    heartbeatSeconds: answered('HeartbeatTimeout', hook.HeartbeatTimeout),
    globalTimeoutSeconds: answered('GlobalTimeout', hook.GlobalTimeout),
    defaultResult: hook.DefaultResult === 'CONTINUE' ? 'CONTINUE' : 'ABANDON',
    notificationTargetArn: hook.NotificationTargetARN || undefined,
    metadata: hook.NotificationMetadata,
  };
}

/**
 * Auto Scaling has no error code for what does not exist: an action, a hook or a group that is gone is a ValidationError, told
 * apart by its text. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html
 */
function ifNotFound<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isNamed(error, 'ValidationError') && /no active lifecycle action found|not found/i.test(error.message)) {
      return value;
    }
    throw error;
  };
}
