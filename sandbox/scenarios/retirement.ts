import { deliveredAction } from '../world/delivered-event.ts';
import { loseByHand, scheduleRetirement } from '../world/notices.ts';
import { deployment } from './manifests.ts';
import { eachOf, nobodyWasForced, onlyStayingPodsAreLeft } from './must.ts';
import type { Scenario } from './scenario.ts';

const { instanceId } = deliveredAction();

export const retirement: Scenario = {
  name: 'retirement',
  title: 'AWS Health announces that an instance is retired: drained days ahead, before somebody stops it past its hook',
  shows:
    'AWS Health is believed since EC2 has the event, too. The instance that is stopped later has nothing left to lose.',
  workloads: [deployment('web', { replicas: 2 })],
  notices: { scheduledChange: 'drain' },
  script: async (stage) => {
    const { begin, settled } = stage;
    begin();
    scheduleRetirement(instanceId, 14, stage);
    await settled();
    loseByHand(instanceId, 'stopped', stage);
  },
  must: {
    'both notices end as drained, and Auto Scaling was told nothing': ({ ends, completions }) =>
      ends.map(({ reason }) => reason).join() === 'drained,drained' && completions.length === 0,
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'the pods were evicted for AWS Health': (outcome) =>
      outcome.report?.action.kind === 'scheduled-change' &&
      eachOf('web', outcome, ({ evictedAt }) => evictedAt !== undefined),
    'the second notice found nothing to evict': ({ reports }) =>
      reports.some(
        ({ action, pods }) =>
          action.kind === 'state-change' && pods.every(({ evictedAt, forcedAt }) => !(evictedAt || forcedAt)),
      ),
  },
};
