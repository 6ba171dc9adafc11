import { deliveredAction } from '../world/delivered-event.ts';
import { interrupt } from '../world/notices.ts';
import { budget, deployment, nodeName } from './manifests.ts';
import { eachOf, secondOf } from './must.ts';
import type { Outcome, Scenario } from './scenario.ts';

const { instanceId } = deliveredAction();
/** Of the two minutes: too few to wait for a budget, enough for every pod's own time to stop. */
const leftSeconds = 22;

export const spot: Scenario = {
  name: 'spot',
  title: 'EC2 takes a spot instance: drained in time, though the notice is late and a budget never gives way',
  shows:
    'No hook waits here, and the two minutes count from the notice, not from when it came. The hook that Auto Scaling starts afterwards finds nothing to do.',
  workloads: [deployment('web', { replicas: 3 }), deployment('ledger'), budget('ledger', { maxUnavailable: 0 })],
  script: async (stage) => {
    const { aws, begin, listen, pause } = stage;
    aws.instances.set(instanceId, { spot: true });
    begin();
    await interrupt(instanceId, leftSeconds, stage).taken();
    await pause(1);
    listen('eventbridge');
    aws.scaling.terminateInstance(instanceId);
  },
  must: {
    'every pod that can move was gone before EC2 took the instance': (outcome) => {
      const moving = outcome.report?.pods.filter(({ verdict }) => verdict === 'evict') ?? [];
      return moving.length === 4 && moving.every(({ goneAt = '' }) => Date.parse(goneAt) < takenAt(outcome));
    },
    'the pod behind the budget was refused first, then deleted past it': (outcome) =>
      eachOf('ledger', outcome, ({ causes, forcedAt }) => causes.length > 0 && forcedAt !== undefined),
    'the others were evicted, and none of them forced': (outcome) =>
      eachOf('web', outcome, ({ evictedAt, forcedAt }) => evictedAt !== undefined && forcedAt === undefined),
    'that drain was over in time, and completed no hook': (outcome) => {
      const [end] = outcome.ends;
      const seconds = secondOf(outcome.report?.endedAt, outcome);
      return end?.reason === 'drained-forced' && end.completion === null && seconds < leftSeconds;
    },
    'the hook that came when the instance was gone was completed, once': ({ ends, completions, executions }) =>
      ends.length === 2 && completions.join() === 'CONTINUE' && executions.every((status) => status === 'SUCCEEDED'),
    'it found nothing to evict, and no other node was touched': ({ cluster, reports }) =>
      reports.filter(({ pods }) => pods.some(({ evictedAt }) => evictedAt !== undefined)).length === 1 &&
      cluster.list('nodes').every(({ metadata, spec }) => metadata.name === nodeName || !spec.unschedulable),
  },
};

const takenAt = ({ aws }: Outcome) => aws.scaling.instance(instanceId)?.lost?.at ?? 0;
