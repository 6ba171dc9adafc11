import { type Activity, type AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import type { LaunchHistoryPort } from '../launch/launch-ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/** A hook can hold a launch for so long before it abandons it, and activities go by their start. */
const longestHookMs = 48 * 3600_000;

/**
 * Counts by when a launch was given up, not by when it began. A hook's doing is told from other cancelled launches by its message alone:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html#RetrievingErrors
 */
export function createLaunchHistory(client: Pick<AutoScalingClient, 'send'>): LaunchHistoryPort {
  const look = (groupName: string, statuses: string[], since: number, signal: AbortSignal) =>
    during(
      `describing the scaling activities of group ${groupName}`,
      signal,
      activitiesOf(client, groupName, statuses, since, signal).catch((error: unknown) => {
        if (isNamed(error, 'ValidationError') && /not found/i.test(error.message)) return [];
        throw error;
      }),
    );
  return {
    async countAbandoned(groupName, since, signal) {
      const over = await look(groupName, ['Cancelled', 'Failed'], since - longestHookMs, signal);
      return over.filter((activity) => wasAbandoned(activity, since)).length;
    },

    async heldLaunches(groupName, now, signal) {
      const held = await look(groupName, ['MidLifecycleAction'], now - longestHookMs, signal);
      return held
        .map(({ Description, StartTime }) => ({ id: launched.exec(Description ?? '')?.[1], at: StartTime?.getTime() }))
        .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id ?? '').localeCompare(b.id ?? ''))
        .flatMap(({ id }) => (id === undefined ? [] : [id]));
    },
  };
}

/** Into the group, into a warm pool and out of it alike. */
const launched = /^Launching a new EC2 instance[^:]*: (i-[0-9a-f]+)/;

/** Those that began since `oldest` (epoch milliseconds), of these statuses. */
async function activitiesOf(
  client: Pick<AutoScalingClient, 'send'>,
  AutoScalingGroupName: string,
  statuses: string[],
  oldest: number,
  abortSignal: AbortSignal,
): Promise<Activity[]> {
  const Filters = [
    { Name: 'StartTimeLowerBound', Values: [new Date(oldest).toISOString()] },
    { Name: 'Status', Values: statuses },
  ];
  const found: Activity[] = [];
  let NextToken: string | undefined;
  do {
    const input = { AutoScalingGroupName, Filters, MaxRecords: 100, NextToken };
    const page = await client.send(new DescribeScalingActivitiesCommand(input), { abortSignal });
    const activities = answered('Activities', page.Activities);
    found.push(...activities.filter(({ StatusCode }) => statuses.includes(StatusCode ?? '')));
    // The newest come first.
    const last = activities.at(-1)?.StartTime?.getTime() ?? oldest;
    NextToken = last < oldest ? undefined : page.NextToken;
  } while (NextToken);
  return found;
}

/** An ABANDON and a heartbeat timeout with that result alike. */
function wasAbandoned({ Description = '', StatusMessage = '', EndTime }: Activity, since: number): boolean {
  return (
    Description.startsWith('Launching a new EC2 instance') &&
    /Lifecycle Action with token .* was abandoned/.test(StatusMessage) &&
    EndTime !== undefined &&
    EndTime.getTime() >= since
  );
}
