import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';
import { refusalIn } from './bench.ts';

const counts = (currentHealthy: number, desiredHealthy: number, disruptionsAllowed = 0) => ({
  currentHealthy,
  desiredHealthy,
  disruptionsAllowed,
});

/** https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy */
export function apiServerUnready(stage: Stage): void {
  describe('an eviction of a pod that is not ready', () => {
    const evictUnder = async (policy: string | undefined, spec: object, status: object) => {
      const { bench } = stage;
      const app = `unready-${Math.random().toString(36).slice(2)}`;
      const unhealthyPodEvictionPolicy = policy === undefined ? {} : { unhealthyPodEvictionPolicy: policy };
      await bench.budget(app, { ...spec, ...unhealthyPodEvictionPolicy }, status);
      const { name } = (await bench.pod({ labels: { app }, ready: false })).metadata;
      const answer = await bench.evict(name);
      const { status: after } = await bench.send({ method: 'GET', path: bench.paths.budgets(app) });
      return { app, answer, spent: 'disruptedPods' in after };
    };

    it.each([
      ['T49', 'goes past a budget that has its healthy pods', { minAvailable: 1 }, counts(1, 1), 201],
      ['T50', 'is refused when healthy pods are missing', { minAvailable: 1 }, counts(0, 1), 429],
      ['T50', 'is refused by maxUnavailable 0, which it breaks itself', { maxUnavailable: 0 }, counts(1, 2), 429],
      ['T50', 'is refused by minAvailable 0 when no pod is ready', { minAvailable: 0 }, counts(0, 0), 429],
    ])('%s: %s, also under IfHealthyBudget', async (_scenario, _title, spec, status, expected) => {
      for (const policy of [undefined, 'IfHealthyBudget']) {
        const { app, answer, spent } = await evictUnder(policy, spec, status);
        expect([answer.status, spent]).toEqual([expected, false]);
        if (expected !== 429) continue;
        const { currentHealthy: has, desiredHealthy: needs } = status;
        expect(refusalIn(answer).details?.causes).toEqual([
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${app} needs ${needs} healthy pods and has ${has} currently`,
          },
        ]);
      }
    });

    it.each([
      ['healthy pods are missing', { minAvailable: 1 }, counts(0, 1)],
      ['maxUnavailable is 0', { maxUnavailable: 0 }, counts(1, 2)],
      ['minAvailable is 0 and no pod is ready', { minAvailable: 0 }, counts(0, 0)],
      ['a disruption is left', { minAvailable: 1 }, counts(2, 1, 1)],
      ['the budget is not processed', { minAvailable: 1 }, { ...counts(0, 0), observedGeneration: 0 }],
    ])('T50: costs the budget nothing under AlwaysAllow, though %s', async (_title, spec, status) => {
      const { answer, spent } = await evictUnder('AlwaysAllow', spec, status);
      expect([answer.status, spent]).toEqual([201, false]);
    });

    it('spends a disruption that is left when healthy pods are missing', async () => {
      const { answer, spent } = await evictUnder(undefined, { minAvailable: 1 }, counts(0, 1, 1));
      expect([answer.status, spent]).toEqual([201, true]);
    });

    it('T43: is refused with Retry-After when the budget is not processed', async () => {
      const { answer } = await evictUnder(undefined, { minAvailable: 1 }, { ...counts(0, 0), observedGeneration: 0 });
      expect(refusalIn(answer)).toMatchObject({ status: 429, retryAfter: '10' });
    });
  });
}
