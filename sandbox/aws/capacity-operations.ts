import { listOf } from './query-protocol.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/** What can be asked and done about the number of a group's instances. */
export function capacityOperations(scaling: ScalingGroups): Record<string, (input: Operation['input']) => XmlValue> {
  const groupOf = (input: Operation['input']) => String(input.AutoScalingGroupName);
  return {
    SetDesiredCapacity: (input) => {
      scaling.setDesired(groupOf(input), Number(input.DesiredCapacity));
      return {};
    },
    UpdateAutoScalingGroup: (input) => {
      const { MinSize: min, MaxSize: max } = input;
      scaling.setLimits(groupOf(input), {
        ...(min !== undefined && { min: Number(min) }),
        ...(max !== undefined && { max: Number(max) }),
      });
      return {};
    },
    TerminateInstanceInAutoScalingGroup: (input) => {
      scaling.terminateInGroup(String(input.InstanceId), input.ShouldDecrementDesiredCapacity === 'true');
      return {};
    },
    SuspendProcesses: (input) => {
      scaling.suspend(groupOf(input), listOf(input, 'ScalingProcesses.member'));
      return {};
    },
    ResumeProcesses: (input) => {
      scaling.resume(groupOf(input), listOf(input, 'ScalingProcesses.member'));
      return {};
    },
    DescribeInstanceRefreshes: (input) => ({
      InstanceRefreshes: (scaling.groupNamed(groupOf(input)).refreshes ?? []).map(({ id, status }) => ({
        InstanceRefreshId: id,
        AutoScalingGroupName: groupOf(input),
        Status: status,
      })),
    }),
  };
}
