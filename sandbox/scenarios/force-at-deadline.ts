import { budget, deployment } from './manifests.ts';
import { eachOf, instanceGoes, onlyStayingPodsAreLeft, secondOf } from './must.ts';
import type { Scenario } from './scenario.ts';

export const forceAtDeadline: Scenario = {
  name: 'force-at-deadline',
  title: 'a budget that never gives way: the pods are deleted past it, one at a time',
  shows:
    'maxUnavailable 0 can never be satisfied, and the instance goes anyway: near the deadline each pod is deleted, in turn.',
  workloads: [deployment('ledger', { replicas: 2 }), budget('ledger', { maxUnavailable: 0 }), deployment('web')],
  policy: { deadlineSeconds: 44 },
  must: {
    ...instanceGoes('drained-forced'),
    ...onlyStayingPodsAreLeft,
    'both pods of ledger were refused first, then deleted past their budget': (outcome) =>
      eachOf('ledger', outcome, ({ causes, forcedAt }) => causes.length > 0 && forcedAt !== undefined),
    'the second only after the first was replaced': (outcome) => {
      const [first, second] = outcome.report?.timeline.filter(({ what }) => what === 'forced') ?? [];
      return secondOf(second?.at, outcome) - secondOf(first?.at, outcome) >= 1;
    },
    'the pod without a budget was evicted': (outcome) =>
      eachOf('web', outcome, ({ forcedAt }) => forcedAt === undefined),
  },
};
