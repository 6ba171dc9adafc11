import type { AutoScalingPort, HookAnswer, HookView } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { globalTimeoutSeconds, type SandboxHook } from './lifecycle.ts';
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
      if (!group) return undefined;
      const { name, tags, retainsAbandoned } = group;
      return { name, tags, ...(retainsAbandoned ? { retainsAbandoned } : {}) };
    },
    async describeHook(groupName, hookName) {
      const hook = scaling.group(groupName)?.hooks.find(({ name }) => name === hookName);
      return hook && viewOf(hook);
    },
    async describeHooks(groupName) {
      return (scaling.group(groupName)?.hooks ?? []).map(viewOf);
    },
    async completeAction(action, result) {
      return answer(() => scaling.completeAction(action, result));
    },
    async recordHeartbeat(action) {
      return answer(() => scaling.recordHeartbeat(action));
    },
  };
}

function viewOf(hook: SandboxHook): HookView {
  const { name, transition, heartbeatSeconds, defaultResult, notificationTargetArn, metadata } = hook;
  const globalTimeout = globalTimeoutSeconds(hook);
  return {
    name,
    ...(transition === 'launch' ? { launches: true } : {}),
    heartbeatSeconds,
    globalTimeoutSeconds: globalTimeout,
    defaultResult,
    notificationTargetArn,
    metadata,
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
