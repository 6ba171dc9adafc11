import type { Webhook } from '../cluster/admission.ts';
import { deployment } from './manifests.ts';
import { eachOf, instanceGoes, onlyStayingPodsAreLeft } from './must.ts';
import type { Scenario } from './scenario.ts';

const onEvictionOf = (workload: string, answer: Webhook['answer']): Webhook => ({
  name: `${workload}-guard.example.com`,
  failurePolicy: 'Fail',
  match: ({ resource, object }) => resource === 'pods/eviction' && object?.metadata.labels?.app === workload,
  answer,
});

function refusesOnce(): Webhook {
  let asked = 0;
  return onEvictionOf('orders', () => {
    asked += 1;
    return asked === 1 ? { deny: 'the primary is being moved' } : 'allow';
  });
}

export const stuckWebhook: Scenario = {
  name: 'stuck-webhook',
  title: 'one admission webhook says not now, another one is down for good',
  shows:
    'A refusal is told in the words of the webhook, and the eviction is asked for again; what never gives way is deleted at last.',
  workloads: [deployment('orders'), deployment('mail'), deployment('web')],
  policy: { deadlineSeconds: 50 },
  arrange: ({ webhooks }) =>
    void webhooks.push(
      refusesOnce(),
      onEvictionOf('mail', () => 'down'),
    ),
  must: {
    ...instanceGoes('drained-forced'),
    ...onlyStayingPodsAreLeft,
    'orders was asked for again, and evicted when its webhook agreed': (outcome) =>
      eachOf('orders', outcome, ({ evictionsTried, evictedAt }) => evictionsTried === 2 && evictedAt !== undefined),
    'mail was deleted past the webhook that is down, which is named': (outcome) =>
      eachOf('mail', outcome, ({ causes, forcedAt }) =>
        Boolean(forcedAt && causes.some(({ code, text }) => code === 'webhook-down' && text.includes('mail-guard'))),
      ),
  },
};
