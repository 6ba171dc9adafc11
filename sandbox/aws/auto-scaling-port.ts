import type { AutoScalingPort, HookAnswer } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { globalTimeoutSeconds } from './lifecycle.ts';
import type { ScalingGroups } from './scaling-groups.ts';

/** The model of Auto Scaling without a socket, for tests on the manual clock. */
export function autoScalingPort(scaling: ScalingGroups): AutoScalingPort {
  return {
    async describeInstance(instanceId) {
      const instance = scaling.instance(instanceId);
      if (!instance?.lifecycleState) return undefined;
      return { groupName: instance.groupName, lifecycleState: instance.lifecycleState };
    },
    async describeGroup(groupName) {
      const group = scaling.group(groupName);
      return group && { name: group.name, tags: group.tags };
    },
    async describeHook(groupName, hookName) {
      const hook = scaling.group(groupName)?.hooks.find(({ name }) => name === hookName);
      if (!hook) return undefined;
      const { name, heartbeatSeconds, defaultResult, notificationTargetArn, metadata } = hook;
      return {
        name,
        heartbeatSeconds,
        globalTimeoutSeconds: globalTimeoutSeconds(hook),
        defaultResult,
        notificationTargetArn,
        metadata,
      };
    },
    async completeAction(action, result) {
      return answer(() => scaling.completeAction(action, result));
    },
    async recordHeartbeat(action) {
      return answer(() => scaling.recordHeartbeat(action));
    },
  };
}

function answer(call: () => void): HookAnswer {
  try {
    call();
    return 'accepted';
  } catch (error) {
    if (error instanceof AwsError && /No active Lifecycle Action/.test(error.message)) return 'no-active-action';
    throw error;
  }
}
