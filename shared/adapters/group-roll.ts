import {
  type AutoScalingClient,
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  DescribeScalingActivitiesCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribeInstanceRefreshes,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { GroupRollPort } from '../roll/roll-ports.ts';
import { during } from './during.ts';
import { createEndInstance } from './end-instance.ts';
import { denied } from './group-hook-errors.ts';
import { launchTimesOf, templateVersionsOf } from './group-roll-launches.ts';
import { viewRollGroup } from './group-roll-view.ts';
import { unlessBusy } from './unless-busy.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html */
const underWay = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);
const fewActivities = 20;

export interface GroupRollClients {
  scaling: AutoScalingClient;
  once: AutoScalingClient;
  ec2: EC2Client;
}

/** A group as a roll needs it; `once` is a client that asks once. A refusal is an Error whose cause is a DeniedError. */
export function createGroupRoll({ scaling, once, ec2 }: GroupRollClients): GroupRollPort {
  const tagOf = (groupName: string, Key: string) => ({
    ResourceId: groupName,
    ResourceType: 'auto-scaling-group',
    Key,
  });
  const asked = <T>(what: string, operation: string, signal: AbortSignal, answer: Promise<T>): Promise<T> =>
    during(what, signal, answer.catch(denied(operation)));

  return {
    describeGroup: (groupName, signal) =>
      asked(`describing group ${groupName}`, 'DescribeAutoScalingGroups', signal, firstGroup(groupName, signal)),
    templateVersions: (templateIds, signal) => templateVersionsOf(ec2, templateIds, signal),
    launchTimes: (instanceIds, signal) => launchTimesOf(ec2, instanceIds, signal),
    activeRefresh: (groupName, signal) => {
      const what = `describing the instance refreshes of group ${groupName}`;
      return asked(what, 'DescribeInstanceRefreshes', signal, firstRefresh(groupName, signal));
    },
    failedLaunches: (groupName, since, signal) => {
      const what = `describing the activities of group ${groupName}`;
      return asked(what, 'DescribeScalingActivities', signal, failures(groupName, since, signal));
    },

    setDesired: (groupName, desired, signal) => {
      const what = `setting the desired capacity of group ${groupName} to ${desired}`;
      const input = { AutoScalingGroupName: groupName, DesiredCapacity: desired, HonorCooldown: false };
      const sent = scaling.send(new SetDesiredCapacityCommand(input), { abortSignal: signal });
      return asked(what, 'SetDesiredCapacity', signal, sent.then(() => 'done' as const).catch(unlessBusy));
    },

    setMax: async (groupName, max, signal) => {
      const what = `setting the maximum of group ${groupName} to ${max}`;
      const input = { AutoScalingGroupName: groupName, MaxSize: max };
      const sent = scaling.send(new UpdateAutoScalingGroupCommand(input), { abortSignal: signal });
      await asked(what, 'UpdateAutoScalingGroup', signal, sent);
    },

    ...createEndInstance(once),

    writeTag: async (groupName, key, value, signal) => {
      const tag = tagOf(groupName, key);
      if (value === undefined) {
        const sent = scaling.send(new DeleteTagsCommand({ Tags: [tag] }), { abortSignal: signal });
        await asked(`deleting the tag ${key} of group ${groupName}`, 'DeleteTags', signal, sent);
        return;
      }
      const input = { Tags: [{ ...tag, Value: value, PropagateAtLaunch: false }] };
      const sent = scaling.send(new CreateOrUpdateTagsCommand(input), { abortSignal: signal });
      await asked(`writing the tag ${key} of group ${groupName}`, 'CreateOrUpdateTags', signal, sent);
    },

    suspend: async (groupName, process, signal) => {
      const input = { AutoScalingGroupName: groupName, ScalingProcesses: [process] };
      const sent = scaling.send(new SuspendProcessesCommand(input), { abortSignal: signal });
      await asked(`suspending ${process} in group ${groupName}`, 'SuspendProcesses', signal, sent);
    },

    resume: async (groupName, process, signal) => {
      const input = { AutoScalingGroupName: groupName, ScalingProcesses: [process] };
      const sent = scaling.send(new ResumeProcessesCommand(input), { abortSignal: signal });
      await asked(`resuming ${process} in group ${groupName}`, 'ResumeProcesses', signal, sent);
    },
  };

  async function firstGroup(groupName: string, abortSignal: AbortSignal) {
    const pages = paginateDescribeAutoScalingGroups(
      { client: scaling },
      { AutoScalingGroupNames: [groupName] },
      { abortSignal },
    );
    for await (const { AutoScalingGroups: [group] = [] } of pages) if (group) return viewRollGroup(group);
    return undefined;
  }

  async function failures(groupName: string, since: number, abortSignal: AbortSignal) {
    const input = { AutoScalingGroupName: groupName, MaxRecords: fewActivities };
    const { Activities = [] } = await scaling.send(new DescribeScalingActivitiesCommand(input), { abortSignal });
    return Activities.filter(({ StatusCode, StartTime }) => StatusCode === 'Failed' && Number(StartTime) >= since).map(
      ({ StatusMessage, Description = '' }) => StatusMessage || Description,
    );
  }

  async function firstRefresh(groupName: string, abortSignal: AbortSignal) {
    const pages = paginateDescribeInstanceRefreshes(
      { client: scaling },
      { AutoScalingGroupName: groupName },
      { abortSignal },
    );
    for await (const { InstanceRefreshes = [] } of pages) {
      const found = InstanceRefreshes.find(({ Status }) => underWay.has(Status ?? ''));
      if (found) return { id: found.InstanceRefreshId ?? '', status: found.Status ?? '' };
    }
    return undefined;
  }
}
