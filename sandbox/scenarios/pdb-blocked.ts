import type { Observation } from '../world/observation.ts';
import { budget, deployment } from './manifests.ts';
import { eachOf, instanceGoes, nobodyWasForced, onlyStayingPodsAreLeft, podsOnNode } from './must.ts';
import { patch } from './patch.ts';
import type { Scenario } from './scenario.ts';

export const pdbBlocked: Scenario = {
  name: 'pdb-blocked',
  title: 'a disruption budget holds two pods until someone relaxes it',
  shows:
    'A budget that demands every replica lets no pod go: the drain says so, waits, and goes on the moment it is relaxed.',
  workloads: [deployment('cart', { replicas: 2 }), budget('cart', { minAvailable: 2 }), deployment('web')],
  meanwhile: [
    {
      once: (seen, cluster) =>
        refused(seen).size === 2 && !podsOnNode(cluster).some(({ metadata }) => metadata.labels?.app === 'web'),
      act: (cluster) =>
        patch(cluster, '/apis/policy/v1/namespaces/shop/poddisruptionbudgets/cart', { spec: { minAvailable: 1 } }),
    },
  ],
  must: {
    ...instanceGoes('drained'),
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'the budget held every pod of cart, by name': (outcome) =>
      eachOf('cart', outcome, ({ causes }) => causes.some(({ text }) => text.includes('budget cart needs 2'))),
    'they were evicted once it was relaxed': (outcome) =>
      eachOf('cart', outcome, ({ evictedAt }) => Boolean(evictedAt)),
    'the other pod did not wait for them': (outcome) =>
      eachOf('web', outcome, (web) => eachOf('cart', outcome, (cart) => String(web.goneAt) < String(cart.evictedAt))),
  },
};

/** Pods of which the functions have said that their eviction was refused. */
function refused(seen: readonly Observation[]): Set<unknown> {
  const lines = seen.flatMap((each) => (each.from === 'log' ? [each.line] : []));
  return new Set(lines.filter(({ message }) => message === 'eviction refused').map(({ pod }) => pod));
}
