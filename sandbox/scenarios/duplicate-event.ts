import { deployment } from './manifests.ts';
import { eachOf, instanceGoes, nobodyWasForced, onlyStayingPodsAreLeft } from './must.ts';
import type { Scenario } from './scenario.ts';

export const duplicateEvent: Scenario = {
  name: 'duplicate-event',
  title: 'the same action five times, over SNS, EventBridge and SQS: one drain',
  shows:
    'Every delivery of one lifecycle action has the same name, so that the later ones join the drain of the first.',
  workloads: [deployment('web', { replicas: 2 })],
  events: ['sns-terminate.json', 'sns-terminate.json', 'eventbridge-terminate-duplicate.json', 'sqs-duplicates.json'],
  must: {
    ...instanceGoes('drained'),
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'there was one execution': ({ executions }) => executions.join() === 'SUCCEEDED',
    'each pod was evicted once': (outcome) => eachOf('web', outcome, ({ evictionsTried }) => evictionsTried === 1),
  },
};
