import { AwsError } from './aws-error.ts';
import { listOf } from './query-protocol.ts';
import type { SandboxGroup, ScalingGroups } from './scaling-groups.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/**
 * By name, by tag or all, with their instances, fifty at a time. Warm pools have a call of their own.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html
 */
export function describeGroups(scaling: ScalingGroups, input: Operation['input']): XmlValue {
  const names = listOf(input, 'AutoScalingGroupNames.member');
  const most = Number(input.MaxRecords ?? 50);
  if (most > 100) throw invalid(`MaxRecords ${most} is more than 100`);
  if (names.length > most) throw invalid(`${names.length} names are more than ${most}`);
  const filters = filtersOf(input);
  const found = scaling
    .groups()
    .filter(({ name, tags }) => (names.length === 0 || names.includes(name)) && filters.every((fits) => fits(tags)));
  const start = Number(input.NextToken ?? 0);
  return {
    AutoScalingGroups: found.slice(start, start + most).map((group) => describeGroup(scaling, group)),
    NextToken: start + most < found.length ? String(start + most) : undefined,
  };
}

type Fits = (tags: SandboxGroup['tags']) => boolean;

/** All must hold, each for one of its values. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Filter.html */
function filtersOf(input: Operation['input']): Fits[] {
  const filters: Fits[] = [];
  for (let index = 1; `Filters.member.${index}.Name` in input; index++) {
    const name = String(input[`Filters.member.${index}.Name`]);
    filters.push(filterOf(name, listOf(input, `Filters.member.${index}.Values.member`)));
  }
  return filters;
}

function filterOf(name: string, values: readonly string[]): Fits {
  if (name === 'tag-key') return (tags) => values.some((key) => Object.hasOwn(tags, key));
  if (name === 'tag-value') return (tags) => Object.values(tags).some((value) => values.includes(value));
  if (!name.startsWith('tag:')) throw invalid(`Unsupported filter ${name}`);
  const key = name.slice('tag:'.length);
  return (tags) => Object.hasOwn(tags, key) && values.includes(tags[key] ?? '');
}

function describeGroup(scaling: ScalingGroups, { name, tags, retainsAbandoned = false }: SandboxGroup): XmlValue {
  const resource = { ResourceId: name, ResourceType: 'auto-scaling-group', PropagateAtLaunch: true };
  return {
    AutoScalingGroupName: name,
    InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: retainsAbandoned ? 'retain' : 'terminate' } },
    Instances: scaling.instanceIds().flatMap((id) => {
      const { groupName, lifecycleState } = scaling.instance(id) ?? {};
      const inGroup = groupName === name && lifecycleState && !lifecycleState.startsWith('Warmed:');
      return inGroup ? [{ InstanceId: id, LifecycleState: lifecycleState, HealthStatus: 'Healthy' }] : [];
    }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ ...resource, Key, Value })),
  };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
