import { randomUUID } from 'node:crypto';
import { resolutionOf, type SandboxInstance, type SandboxMove } from './lifecycle.ts';

/** One entry of a group's activity history, as DescribeScalingActivities tells it. Instants are epoch milliseconds. */
export interface ScalingActivity {
  id: string;
  groupName: string;
  description: string;
  cause: string;
  startedAt: number;
  endedAt: number | undefined;
  statusCode: 'MidLifecycleAction' | 'Successful' | 'Cancelled';
  statusMessage: string | undefined;
}

interface Entry {
  id: string;
  instance: Pick<SandboxInstance, 'id' | 'groupName'>;
  move: SandboxMove;
}

/** The history of all groups; what became of an entry follows from its move and the time. */
export function createActivities() {
  const entries: Entry[] = [];
  return {
    note(instance: Entry['instance'], move: SandboxMove): void {
      entries.push({ id: randomUUID(), instance, move });
    },

    /** The newest first. */
    of(groupName: string, now: number): ScalingActivity[] {
      const own = entries.filter(({ instance }) => instance.groupName === groupName);
      return own.map((entry) => activityAt(entry, now)).sort((a, b) => b.startedAt - a.startedAt);
    },
  };
}

const words: Readonly<Record<string, string>> = {
  'EC2 to AutoScalingGroup': 'Launching a new EC2 instance',
  'EC2 to WarmPool': 'Launching a new EC2 instance into warm pool',
  'WarmPool to AutoScalingGroup': 'Launching a new EC2 instance from warm pool',
  'AutoScalingGroup to EC2': 'Terminating EC2 instance',
  'AutoScalingGroup to WarmPool': 'Moving EC2 instance into warm pool',
  'WarmPool to EC2': 'Terminating EC2 instance from warm pool',
};

/** In the words of https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html#RetrievingErrors */
function activityAt({ id, instance, move }: Entry, now: number): ScalingActivity {
  const { origin, destination, startedAt, kind, actions } = move;
  const description = `${words[`${origin} to ${destination}`]}: ${instance.id}`;
  const cause = `At ${new Date(startedAt).toISOString()} an instance was moved from ${origin} to ${destination}.`;
  const common = { id, groupName: instance.groupName, cause, startedAt };
  const resolution = resolutionOf(move, now);
  if (!resolution) {
    return { ...common, description, endedAt: undefined, statusCode: 'MidLifecycleAction', statusMessage: undefined };
  }
  const { result, at, timedOut } = resolution;
  if (result === 'CONTINUE' || kind === 'terminate') {
    return { ...common, description, endedAt: at, statusCode: 'Successful', statusMessage: undefined };
  }
  const token = actions.find(({ completed }) => completed?.result === 'ABANDON')?.token ?? actions[0]?.token;
  const how = timedOut ? 'Heartbeat Timeout' : 'Lifecycle Action Completed with ABANDON Result';
  const told = "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token";
  const statusMessage = `${told} ${token} was abandoned: ${how}`;
  return {
    ...common,
    description: `${description}.  Status Reason: ${statusMessage}`,
    endedAt: at,
    statusCode: 'Cancelled',
    statusMessage,
  };
}
