import type { AdmissionReview, Webhook } from '../../../sandbox/cluster/admission.ts';
import type { Cluster } from '../../../sandbox/cluster/create-cluster.ts';
import { type GuardedTarget, hookName } from '../target.ts';

const operations = { evictions: ['CREATE', 'pods/eviction'], deletes: ['DELETE', 'pods'] } as const;

export function registerInModel({ webhooks }: Cluster): GuardedTarget['register'] {
  return async (namespace, hooks) => {
    const asked: AdmissionReview[] = [];
    const inModel = hooks.map((hook): Webhook => {
      const [operation, resource] = operations[hook.on];
      return {
        name: hookName(hook),
        failurePolicy: hook.failurePolicy,
        match: (review) =>
          review.operation === operation &&
          review.resource === resource &&
          review.namespace === namespace &&
          (review.name ?? '').startsWith(`${hook.name}-`),
        answer: (review) => {
          asked.push(review);
          return hook.answer;
        },
      };
    });
    webhooks.push(...inModel);
    return {
      askedAbout: (pod) =>
        asked
          .filter(({ name }) => name === pod)
          .map(({ operation, resource, dryRun }) => ({ operation, resource, dryRun })),
      remove: async () =>
        void webhooks.splice(0, webhooks.length, ...webhooks.filter((each) => !inModel.includes(each))),
    };
  };
}
