import { deliveredAction } from '../world/delivered-event.ts';
import { clusterName } from '../world/open-deployment.ts';
import type { Scenario } from './scenario.ts';

const { groupName, instanceId, token } = deliveredAction('sns-launch.json');

export const launchNeverReady: Scenario = {
  name: 'launch-never-ready',
  title: 'instances that never join are replaced, with a diagnosis; the fourth is let through, with an alarm',
  shows:
    'The role of the nodes has no way into the cluster: each launch says so, with the command that fixes it. Three are abandoned, then somebody must look.',
  workloads: [],
  joined: false,
  about: 'sns-launch.json',
  launchPolicy: { deadlineSeconds: 6, reserveSeconds: 1 },
  script: async ({ aws, nodeRoleArn, begin, deliver, listen, until }) => {
    delete aws.clusters.get(clusterName)?.accessEntries[nodeRoleArn];
    aws.scaling.launchInstance(groupName, { id: instanceId, newToken: () => token });
    begin();
    await deliver('sns-launch.json');
    listen('sns');
    await until(() => aws.calls.filter(({ operation }) => operation === 'CompleteLifecycleAction').length === 4);
  },
  must: {
    'three launches are abandoned, one after the other, and the fourth is let through': ({ completions }) =>
      completions.join() === 'ABANDON,ABANDON,ABANDON,CONTINUE',
    'each says that the role has neither an access entry nor a row in aws-auth': ({ ends }) =>
      ends.length === 4 && ends.every(({ text }) => /access entry/.test(text) && /aws-auth/.test(text)),
    'each has the command that fixes it': ({ ends }) =>
      ends.every((end) => 'fix' in end && end.fix?.startsWith('aws eks create-access-entry ') === true),
    'the fourth raises an alarm': ({ end }) => end?.reason === 'never-ready-kept' && end.alarm,
    'Auto Scaling remembers three launches that a hook abandoned': ({ aws }) =>
      aws.scaling.activitiesOf(groupName).filter(({ statusCode }) => statusCode === 'Cancelled').length === 3,
    'no node was touched': ({ cluster }) => cluster.list('nodes').every(({ spec }) => !spec.unschedulable),
  },
};
