import { excludeLabel, readMark } from '../../shared/lifecycle/mark.ts';
import { deliveredAction } from '../world/delivered-event.ts';
import { hasPod, nodeOfLaunch } from './launch.ts';
import { deployment } from './manifests.ts';
import type { Scenario } from './scenario.ts';

const { groupName, instanceId } = deliveredAction('sns-launch.json');

export const warmPool: Scenario = {
  name: 'warm-pool',
  title: 'into the warm pool, out of it, drained back into it, and out again with every mark undone',
  shows:
    'The node of an instance that returns to the pool stays, cordoned: when the instance comes out again, exactly our marks are taken back.',
  workloads: [],
  joined: false,
  about: 'sns-launch.json',
  arrange: (cluster) => cluster.apply(deployment('web', { spec: { nodeSelector: { team: 'shop' } } })),
  script: async ({ aws, cluster, begin, listen, until }) => {
    Object.assign(aws.scaling.group(groupName)?.tags ?? {}, {
      'k8s.io/cluster-autoscaler/node-template/label/team': 'shop',
    });
    const reaches = (state: string) => until(() => aws.scaling.instance(instanceId)?.lifecycleState === state);
    listen('eventbridge');
    aws.scaling.launchInstance(groupName, { id: instanceId, destination: 'WarmPool' });
    begin();
    await reaches('Warmed:Stopped');
    aws.scaling.launchInstance(groupName, { id: instanceId });
    await reaches('InService');
    listen('sns');
    aws.scaling.terminateInstance(instanceId, undefined, 'WarmPool');
    await reaches('Warmed:Stopped');
    listen('eventbridge');
    aws.scaling.launchInstance(groupName, { id: instanceId });
    await reaches('InService');
    await until(() => hasPod({ cluster }, instanceId));
  },
  must: {
    'launch into the pool, out of it, drain, and out again end as they must': ({ ends }) =>
      ends.map(({ reason }) => reason).join() === 'to-warm-pool,ready,drained,ready',
    'Auto Scaling was told CONTINUE each time': ({ completions }) =>
      completions.join() === 'CONTINUE,CONTINUE,CONTINUE,CONTINUE',
    'the pod was evicted when the instance went back to the pool': ({ report }) =>
      report?.pods.some(({ name, evictedAt }) => name.startsWith('web-') && evictedAt !== undefined) === true,
    'the node was kept, and carries no cordon, label or annotation of the drain': (outcome) => {
      const node = nodeOfLaunch(outcome, instanceId);
      if (!node) return false;
      const { annotations = {}, labels = {} } = node.metadata;
      return !node.spec.unschedulable && readMark(annotations) === undefined && !(excludeLabel in labels);
    },
    'a pod runs on it again': (outcome) => hasPod(outcome, instanceId),
  },
};
