import { AwsError } from './aws-error.ts';
import type { SandboxSource } from './launch-source.ts';
import type { SandboxInstance } from './lifecycle.ts';
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

function describeGroup(scaling: ScalingGroups, group: SandboxGroup): XmlValue {
  const { name, tags, retainsAbandoned = false, warmPool } = group;
  const resource = { ResourceId: name, ResourceType: 'auto-scaling-group', PropagateAtLaunch: true };
  return {
    AutoScalingGroupName: name,
    InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: retainsAbandoned ? 'retain' : 'terminate' } },
    Instances: scaling.instanceIds().flatMap((id) => {
      const instance = scaling.instance(id);
      const { groupName, lifecycleState } = instance ?? {};
      const inGroup = groupName === name && lifecycleState && !lifecycleState.startsWith('Warmed:');
      return inGroup ? [describeMember(id, lifecycleState, instance)] : [];
    }),
    MinSize: group.min ?? 0,
    MaxSize: group.max ?? 1000,
    DesiredCapacity: group.desired ?? 0,
    SuspendedProcesses: (group.suspended ?? []).map((ProcessName) => ({ ProcessName, SuspensionReason: 'User' })),
    ...launchesOf(group),
    WarmPoolSize: warmPool?.size,
    WarmPoolConfiguration: warmPool && { InstanceReusePolicy: { ReuseOnScaleIn: warmPool.reuses } },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ ...resource, Key, Value })),
  };
}

function describeMember(id: string, state: string, instance: Partial<SandboxInstance> = {}): XmlValue {
  const { from, zone = 'eu-west-1a', type, protectedFromScaleIn = false } = instance;
  return {
    InstanceId: id,
    LifecycleState: state,
    HealthStatus: 'Healthy',
    AvailabilityZone: zone,
    InstanceType: type,
    ProtectedFromScaleIn: protectedFromScaleIn,
    LaunchTemplate: from && sourceXml(from),
  };
}

/** In a mixed instances policy, or by itself. */
function launchesOf({ launches, overrides }: SandboxGroup): { [name: string]: XmlValue } {
  if (!launches) return {};
  if (!overrides) return { LaunchTemplate: sourceXml(launches) };
  const Overrides = overrides.map(({ type, from }) => ({
    InstanceType: type,
    LaunchTemplateSpecification: from && sourceXml(from),
  }));
  const LaunchTemplate = { LaunchTemplateSpecification: sourceXml(launches), Overrides };
  return { MixedInstancesPolicy: { LaunchTemplate } };
}

const sourceXml = ({ templateId, version }: SandboxSource) => ({ LaunchTemplateId: templateId, Version: version });

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}
