import { AwsError } from './aws-error.ts';
import { listOf } from './query-protocol.ts';
import type { ScalingActivity } from './scaling-activities.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/** Filtered and paged. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
export function describeActivities(scaling: ScalingGroups, input: Operation['input']): XmlValue {
  const filters = filtersOf(input);
  const start = Number(input.NextToken ?? 0);
  const end = start + Math.min(100, Number(input.MaxRecords ?? 100));
  const all = scaling.activitiesOf(String(input.AutoScalingGroupName)).filter((activity) => passes(activity, filters));
  return {
    Activities: all.slice(start, end).map(describe),
    NextToken: end < all.length ? String(end) : undefined,
  };
}

type Filters = ReadonlyMap<string, readonly string[]>;

function filtersOf(input: Operation['input']): Filters {
  const filters = new Map<string, string[]>();
  for (let index = 1; `Filters.member.${index}.Name` in input; index++) {
    const name = String(input[`Filters.member.${index}.Name`]);
    filters.set(name, listOf(input, `Filters.member.${index}.Values.member`));
  }
  return filters;
}

function passes({ startedAt, statusCode }: ScalingActivity, filters: Filters): boolean {
  return [...filters].every(([name, values]) => {
    if (name === 'Status') return values.includes(statusCode);
    if (name === 'StartTimeLowerBound') return startedAt >= Date.parse(values[0] ?? '');
    throw new AwsError(400, 'ValidationError', `Unsupported filter ${name}`);
  });
}

function describe(activity: ScalingActivity): XmlValue {
  const { id, groupName, description, cause, startedAt, endedAt, statusCode, statusMessage } = activity;
  return {
    ActivityId: id,
    AutoScalingGroupName: groupName,
    Description: description,
    Cause: cause,
    StartTime: new Date(startedAt).toISOString(),
    EndTime: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
    StatusCode: statusCode,
    StatusMessage: statusMessage,
    Progress: endedAt === undefined ? 50 : 100,
  };
}
