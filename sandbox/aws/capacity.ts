import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { type SandboxInstance, stateAt } from './lifecycle.ts';
import type { SandboxGroup, ScalingRegistry } from './scaling-registry.ts';

/** How many instances a group has; one without a desired capacity is left as it is. */
export function capacityChanges({
  registry: { groupNamed, instanceNamed, instances },
  clock,
  launch,
  terminate,
}: {
  registry: Pick<ScalingRegistry, 'groupNamed' | 'instanceNamed' | 'instances'>;
  clock: Clock;
  launch: (groupName: string) => void;
  terminate: (id: string) => void;
}) {
  /** Those that count for desired. */
  const activeIn = (groupName: string): SandboxInstance[] =>
    [...instances.values()].filter((instance) => {
      const { lifecycleState = 'Terminated' } = stateAt(instance, clock.now());
      return instance.groupName === groupName && !/^(Terminat|Warmed:)/.test(lifecycleState);
    });
  const isSuspended = ({ suspended = [] }: SandboxGroup, process: string) => suspended.includes(process);

  /** Ids that Auto Scaling chose to terminate itself. */
  const victims: string[] = [];

  /** Launches what is missing, and chooses the oldest of what is too many, unless these processes are suspended. */
  const balance = (group: SandboxGroup): void => {
    if (group.desired === undefined) return;
    const active = activeIn(group.name).sort((a, b) => (a.launchedAt ?? 0) - (b.launchedAt ?? 0));
    if (!isSuspended(group, 'Launch')) {
      for (let count = active.length; count < group.desired; count++) launch(group.name);
    }
    if (isSuspended(group, 'Terminate')) return;
    for (const { id } of active.slice(0, Math.max(0, active.length - group.desired))) {
      victims.push(id);
      terminate(id);
    }
  };

  return {
    victims,

    /** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html */
    setDesired(groupName: string, desired: number): void {
      const group = groupNamed(groupName);
      const { min = 0, max = Number.POSITIVE_INFINITY } = group;
      const said = `New SetDesiredCapacity value ${desired} is`;
      if (desired > max) throw invalid(`${said} above max value ${max} for the AutoScalingGroup.`);
      if (desired < min) throw invalid(`${said} below min value ${min} for the AutoScalingGroup.`);
      group.desired = desired;
      balance(group);
    },

    /** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html */
    setLimits(groupName: string, { min, max }: { min?: number; max?: number }): void {
      const group = groupNamed(groupName);
      const [low, high] = [min ?? group.min ?? 0, max ?? group.max ?? Number.POSITIVE_INFINITY];
      if (low > high) throw invalid(`Max bound, ${high}, must be greater than or equal to min bound, ${low}`);
      Object.assign(group, { min: low, max: high });
      if (group.desired !== undefined) group.desired = Math.min(high, Math.max(low, group.desired));
      balance(group);
    },

    /** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
    terminateInGroup(id: string, decrement: boolean): void {
      const instance = instanceNamed(id);
      const state = stateAt(instance, clock.now()).lifecycleState;
      if (!state) throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
      if (/^(Terminat|Warmed:Terminat)/.test(state)) return;
      const group = groupNamed(instance.groupName);
      if (decrement && group.desired !== undefined) {
        if (group.desired <= (group.min ?? 0)) {
          throw invalid(
            `Currently, desiredSize equals minSize (${group.min ?? 0}). Terminating instance without replacement will violate group's min size constraint.`,
          );
        }
        group.desired -= 1;
      }
      terminate(id);
      balance(group);
    },

    suspend(groupName: string, processes: readonly string[]): void {
      const group = groupNamed(groupName);
      group.suspended = [...new Set([...(group.suspended ?? []), ...processes])];
    },

    resume(groupName: string, processes: readonly string[]): void {
      const group = groupNamed(groupName);
      group.suspended = (group.suspended ?? []).filter((process) => !processes.includes(process));
      balance(group);
    },
  };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
