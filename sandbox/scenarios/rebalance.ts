import { deliveredAction } from '../world/delivered-event.ts';
import { interrupt, recommendRebalance } from '../world/notices.ts';
import { budget, deployment } from './manifests.ts';
import { podsOnNode } from './must.ts';
import type { Scenario } from './scenario.ts';

const { instanceId } = deliveredAction();

export const rebalance: Scenario = {
  name: 'rebalance',
  title: 'a rebalance recommendation drains what its budgets let go; the interruption that follows takes the node over',
  shows:
    'An instance that may stay is worth no forced delete. When EC2 really takes it, a drain that knows when goes on where the first one waited.',
  workloads: [deployment('web', { replicas: 2 }), deployment('ledger'), budget('ledger', { maxUnavailable: 0 })],
  notices: { rebalance: 'drain' },
  script: async (stage) => {
    const { aws, cluster, begin, pause, until } = stage;
    aws.instances.set(instanceId, { spot: true });
    begin();
    recommendRebalance(instanceId, stage);
    const isWebGone = () => podsOnNode(cluster).every(({ metadata }) => !metadata.name.startsWith('web-'));
    await until(isWebGone);
    await pause(2);
    interrupt(instanceId, 30, stage);
  },
  must: {
    'the recommendation is handed over to the interruption, which ends as drained-forced': ({ ends }) =>
      ends.map(({ reason }) => reason).join() === 'handed-over,drained-forced',
    'the pods without a budget were evicted for the recommendation': ({ reports }) =>
      reports.some(
        ({ action, pods }) =>
          action.kind === 'rebalance' &&
          pods.filter(({ name, evictedAt }) => name.startsWith('web-') && evictedAt !== undefined).length === 2,
      ),
    'the pod behind the budget was deleted past it for the interruption only': ({ reports }) =>
      reports.every(
        ({ action, pods }) => pods.some(({ forcedAt }) => forcedAt) === (action.kind === 'spot-interruption'),
      ),
    'Auto Scaling was told nothing': ({ completions, heartbeats }) => completions.length === 0 && heartbeats === 0,
  },
};
