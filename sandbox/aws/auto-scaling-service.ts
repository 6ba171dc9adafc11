import { AwsError } from './aws-error.ts';
import { capacityOperations } from './capacity-operations.ts';
import { describeActivities } from './describe-activities.ts';
import { describeGroups } from './describe-groups.ts';
import { lifecycleHookOperations } from './lifecycle-hooks.ts';
import { listOf, queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import type { ActionKey, ScalingGroups } from './scaling-groups.ts';
import { tagOperations } from './tag-operations.ts';
import type { Operation, WireService } from './wire.ts';
import type { XmlValue } from './xml.ts';

const namespace = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';

export function createAutoScalingService(scaling: ScalingGroups): WireService {
  const operations: Record<string, (input: Operation['input']) => XmlValue> = {
    DescribeAutoScalingInstances: (input) => ({
      AutoScalingInstances: listOf(input, 'InstanceIds.member').flatMap((id) => describeInstance(scaling, id)),
    }),
    DescribeAutoScalingGroups: (input) => describeGroups(scaling, input),
    ...lifecycleHookOperations(scaling),
    ...capacityOperations(scaling),
    ...tagOperations(scaling),
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
