import { expect, it } from 'vitest';
import { refusalIn } from './bench.ts';
import type { Workloads } from './controllers-target.ts';

/** What the disruption controller writes into a budget, and how evictions fare under it. */
export function controllersBudgets(stage: { readonly cluster: Workloads }): void {
  it('a budget counts by what the Deployment wants, and gets its room back when the replacement is ready', async () => {
    await stage.cluster.workload('deployments', 'web', { replicas: 3 });
    const [pod] = await stage.cluster.readyPods('web', 3);
    await stage.cluster.budget('web', { maxUnavailable: 1 });
    const healthy = { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 };
    await stage.cluster.budgetStatus('web', healthy);
    expect((await stage.cluster.evict(pod?.metadata.name ?? '')).status).toBe(201);
    const after = await stage.cluster.readyPods('web', 3);
    expect(after.map(({ metadata }) => metadata.uid)).not.toContain(pod?.metadata.uid);
    const { conditions, ...status } = await stage.cluster.budgetStatus('web', healthy);
    expect(conditions).toMatchObject([{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }]);
    expect(status).not.toHaveProperty('disruptedPods');
  });

  it('a budget in percent rounds up, and with a number counts the pods that there are', async () => {
    await stage.cluster.workload('deployments', 'scaled', { replicas: 3 });
    await stage.cluster.readyPods('scaled', 3);
    const selector = { matchLabels: { app: 'scaled' } };
    await stage.cluster.budget('half', { minAvailable: '50%', selector });
    await stage.cluster.budget('most', { maxUnavailable: '30%', selector });
    await stage.cluster.budget('two', { minAvailable: 2, selector });
    await stage.cluster.budgetStatus('half', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
    await stage.cluster.budgetStatus('most', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
    await stage.cluster.budgetStatus('two', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
  });

  it('a budget with maxUnavailable allows nothing for pods without a controller', async () => {
    const naked = { metadata: { name: 'naked', labels: { app: 'naked' } }, spec: stage.cluster.template('naked').spec };
    await stage.cluster.send({ method: 'POST', path: stage.cluster.paths.pods(), body: naked });
    await stage.cluster.readyPods('naked', 1);
    await stage.cluster.budget('naked', { maxUnavailable: 1 });
    await stage.cluster.budgetStatus('naked', {
      expectedPods: 0,
      currentHealthy: 1,
      desiredHealthy: 0,
      disruptionsAllowed: 0,
    });
  });

  const condition = (status: string, reason: string, message = '') => ({
    conditions: [expect.objectContaining({ type: 'DisruptionAllowed', status, reason, message })],
  });
  const cannotScale = 'daemonsets.apps does not implement the scale subresource';
  const refusedBy = async (pod: string) => {
    const { status, retryAfter, details } = refusalIn(await stage.cluster.evict(pod));
    return { status, retryAfter, cause: details?.causes?.[0]?.message };
  };

  it('T52: a budget that fails to sync answers in its own words, or as not processed if it never was', async () => {
    const { cluster } = stage;
    const selector = { matchLabels: { app: 'unscaled' } };
    await cluster.budget('synced-before', { maxUnavailable: 1, selector });
    await cluster.budgetStatus('synced-before', { observedGeneration: 1 });
    await cluster.workload('daemonsets', 'unscaled', {});
    const [pod] = await cluster.readyPods('unscaled', 2);
    const name = pod?.metadata.name ?? '';
    await cluster.budgetStatus('synced-before', condition('False', 'SyncFailed', cannotScale));
    expect(await refusedBy(name)).toEqual({
      status: 429,
      retryAfter: undefined,
      cause: `The disruption budget synced-before does not allow evicting pods currently because it failed sync: ${cannotScale}`,
    });
    await cluster.send({ method: 'DELETE', path: cluster.paths.budgets('synced-before') });

    await cluster.budget('never-synced', { maxUnavailable: 1, selector });
    const status = await cluster.budgetStatus('never-synced', condition('False', 'SyncFailed', cannotScale));
    expect(status).not.toHaveProperty('observedGeneration');
    expect(await refusedBy(name)).toEqual({
      status: 429,
      retryAfter: '10',
      cause: 'The disruption budget never-synced is still being processed by the server.',
    });
  });
}
