import { hookTransitions } from '../../shared/lifecycle/own-hooks.ts';
import { AwsError } from './aws-error.ts';
import { globalTimeoutSeconds, type SandboxHook } from './lifecycle.ts';
import { listOf } from './query-protocol.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/** A default that can be raised: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
const mostHooks = 50;

/** What can be asked and done about the hooks of a group. */
export function lifecycleHookOperations(
  scaling: ScalingGroups,
): Record<string, (input: Operation['input']) => XmlValue> {
  return {
    DescribeLifecycleHooks: (input) => {
      const names = listOf(input, 'LifecycleHookNames.member');
      const groupName = String(input.AutoScalingGroupName);
      const hooks = scaling.hooksOf(groupName).filter((hook) => names.length === 0 || names.includes(hook.name));
      return { LifecycleHooks: hooks.map((hook) => describeHook(groupName, hook)) };
    },
    PutLifecycleHook: (input) => {
      const groupName = String(input.AutoScalingGroupName);
      const hooks = scaling.hooksOf(groupName);
      const before = hooks.find(({ name }) => name === input.LifecycleHookName);
      if (!before && hooks.length >= mostHooks) {
        throw new AwsError(400, 'LimitExceeded', `${groupName} has ${mostHooks} lifecycle hooks, which is the limit`);
      }
      scaling.putHook(groupName, readHook(input, before));
      return {};
    },
    DeleteLifecycleHook: (input) => {
      scaling.deleteHook(String(input.AutoScalingGroupName), String(input.LifecycleHookName));
      return {};
    },
  };
}

function describeHook(groupName: string, hook: SandboxHook): XmlValue {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: groupName,
    LifecycleTransition: hookTransitions[hook.transition ?? 'terminate'],
    HeartbeatTimeout: hook.heartbeatSeconds,
    GlobalTimeout: globalTimeoutSeconds(hook),
    DefaultResult: hook.defaultResult,
    NotificationTargetARN: hook.notificationTargetArn,
    RoleARN: hook.roleArn,
    NotificationMetadata: hook.metadata,
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
function readHook(input: Operation['input'], before: SandboxHook | undefined): SandboxHook {
  const text = (key: string) => (input[key] === undefined ? undefined : String(input[key]));
  const target = text('NotificationTargetARN') ?? before?.notificationTargetArn;
  const role = text('RoleARN') ?? before?.roleArn;
  const metadata = text('NotificationMetadata') ?? before?.metadata;
  if (target && !role) throw invalid('RoleARN is required when a notification target is given');
  return {
    name: readName(input.LifecycleHookName),
    transition: readTransition(input.LifecycleTransition, before),
    heartbeatSeconds: readHeartbeat(input.HeartbeatTimeout, before),
    defaultResult: readResult(input.DefaultResult, before),
    ...(target && { notificationTargetArn: target }),
    ...(role && { roleArn: role }),
    ...(metadata !== undefined && { metadata }),
  };
}

function readName(name: unknown): string {
  if (/^[A-Za-z0-9_/-]{1,255}$/.test(String(name))) return String(name);
  throw invalid(`Value '${name}' at 'lifecycleHookName' failed to satisfy constraint: [A-Za-z0-9\\-_\\/]+`);
}

function readTransition(transition: unknown, before: SandboxHook | undefined): 'terminate' | 'launch' {
  if (transition === undefined && before) return before.transition ?? 'terminate';
  if (transition === hookTransitions.terminate) return 'terminate';
  if (transition === hookTransitions.launch) return 'launch';
  throw invalid(`Invalid lifecycle transition: ${transition}`);
}

function readHeartbeat(timeout: unknown, before: SandboxHook | undefined): number {
  const seconds = Number(timeout ?? before?.heartbeatSeconds ?? 3600);
  if (seconds >= 30 && seconds <= 7200) return seconds;
  throw invalid(`HeartbeatTimeout ${timeout} is not between 30 and 7200 seconds`);
}

function readResult(result: unknown, before: SandboxHook | undefined): SandboxHook['defaultResult'] {
  const given = result ?? before?.defaultResult ?? 'ABANDON';
  if (given === 'CONTINUE' || given === 'ABANDON') return given;
  throw invalid(`Invalid default result: ${given}`);
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
