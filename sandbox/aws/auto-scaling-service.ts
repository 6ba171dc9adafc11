import { AwsError } from './aws-error.ts';
import { describeActivities } from './describe-activities.ts';
import { globalTimeoutSeconds, type SandboxHook } from './lifecycle.ts';
import { listOf, queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import type { ActionKey, SandboxGroup, ScalingGroups } from './scaling-groups.ts';
import type { Operation, WireService } from './wire.ts';
import type { XmlValue } from './xml.ts';

const namespace = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';

export function createAutoScalingService(scaling: ScalingGroups): WireService {
  const operations: Record<string, (input: Operation['input']) => XmlValue> = {
    DescribeAutoScalingInstances: (input) => ({
      AutoScalingInstances: listOf(input, 'InstanceIds.member').flatMap((id) => describeInstance(scaling, id)),
    }),
    DescribeAutoScalingGroups: (input) => ({
      AutoScalingGroups: listOf(input, 'AutoScalingGroupNames.member')
        .map(scaling.group)
        .flatMap((group) => (group ? [describeGroup(group)] : [])),
    }),
    DescribeLifecycleHooks: (input) => {
      const names = listOf(input, 'LifecycleHookNames.member');
      const groupName = String(input.AutoScalingGroupName);
      const hooks = scaling.hooksOf(groupName).filter((hook) => names.length === 0 || names.includes(hook.name));
      return { LifecycleHooks: hooks.map((hook) => describeHook(groupName, hook)) };
    },
    DescribeScalingActivities: (input) => describeActivities(scaling, input),
    CompleteLifecycleAction: (input) => {
      const result = input.LifecycleActionResult;
      if (result !== 'CONTINUE' && result !== 'ABANDON') {
        throw new AwsError(400, 'ValidationError', `Invalid Lifecycle Action Result: ${result}`);
      }
      scaling.completeAction(keyOf(input), result);
      return {};
    },
    RecordLifecycleActionHeartbeat: (input) => {
      scaling.recordHeartbeat(keyOf(input));
      return {};
    },
  };

  return {
    read: readQuery,
    answer: ({ name, input }) => {
      const operation = operations[name];
      if (!operation) throw new AwsError(400, 'InvalidAction', `Could not find operation ${name}`);
      return queryAnswer(name, namespace, operation(input));
    },
    refuse: queryRefusal,
  };
}

function keyOf(input: Operation['input']): ActionKey {
  return {
    groupName: String(input.AutoScalingGroupName),
    hookName: String(input.LifecycleHookName),
    token: input.LifecycleActionToken as string | undefined,
    instanceId: input.InstanceId as string | undefined,
  };
}

function describeInstance(scaling: ScalingGroups, id: string): XmlValue[] {
  const instance = scaling.instance(id);
  if (!instance?.lifecycleState) return [];
  const { groupName, lifecycleState } = instance;
  return [{ InstanceId: id, AutoScalingGroupName: groupName, LifecycleState: lifecycleState, HealthStatus: 'HEALTHY' }];
}

function describeGroup({ name, tags, retainsAbandoned = false }: SandboxGroup): XmlValue {
  const resource = { ResourceId: name, ResourceType: 'auto-scaling-group', PropagateAtLaunch: true };
  return {
    AutoScalingGroupName: name,
    InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: retainsAbandoned ? 'retain' : 'terminate' } },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ ...resource, Key, Value })),
  };
}

function describeHook(groupName: string, hook: SandboxHook): XmlValue {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: groupName,
    LifecycleTransition: `autoscaling:EC2_INSTANCE_${hook.transition === 'launch' ? 'LAUNCHING' : 'TERMINATING'}`,
    HeartbeatTimeout: hook.heartbeatSeconds,
    GlobalTimeout: globalTimeoutSeconds(hook),
    DefaultResult: hook.defaultResult,
    NotificationTargetARN: hook.notificationTargetArn,
    NotificationMetadata: hook.metadata,
  };
}
