import { describe, expect, it } from 'vitest';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { evictPod } from '../../shared/drain/evict-pod.ts';
import { budgetsOf } from '../../shared/lifecycle/budget-match.ts';
import type { EvictionOutcome } from '../../shared/lifecycle/eviction-answer.ts';
import type { PodRef } from '../../shared/lifecycle/pod.ts';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

/** What the product makes of an eviction: the pod as it was seen, the answer, and the question that some answers raise. */
export async function seeAndEvict(pod: PodRef, cluster: ClusterPort): Promise<() => Promise<EvictionOutcome>> {
  const view = valueIn(await cluster.getPod(pod, signal));
  return () => evictPod(view, {}, cluster, signal);
}

export function clusterPortAnswers(stage: Stage): void {
  const see = (pod: PodRef) => seeAndEvict(pod, stage.cluster);
  const evict = async (pod: PodRef) => (await see(pod))();
  const allow = (budget: string, disruptionsAllowed: number) =>
    stage.world.setStatus(stage.world.paths.budgets(budget), { disruptionsAllowed, currentHealthy: 2 });

  describe('the outcome of an eviction', () => {
    it('T40: an eviction that no budget holds is accepted, and so is another while the pod is terminating', async () => {
      const pod = await stage.world.pod({ labels: { app: 'late' } });
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
      await stage.world.exhaustedBudget('late');
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
    });

    it('T55: an eviction of a pod that is gone comes to gone', async () => {
      const pod = await stage.world.pod();
      const later = await see(pod);
      await stage.world.finish(pod.name);
      expect(await later()).toEqual({ kind: 'gone' });
    });

    it('T53: an eviction of a pod whose name another one has comes to gone: with budget left, which is spent, and without', async () => {
      const { world, cluster } = stage;
      const labels = { app: 'renewed' };
      const pod = await world.pod({ labels });
      await world.exhaustedBudget('renewed');
      await allow('renewed', 1);
      const later = await see(pod);
      const { metadata } = await world.replace(pod.name, { labels, nodeName: world.nodes.first });
      expect(failureIn(await cluster.evictPod(pod, {}, signal))).toMatchObject({ code: 409, detailsKind: 'Pod' });
      expect(failureIn(await cluster.evictPod(pod, {}, signal))).toMatchObject({ code: 429 });
      expect(await later()).toEqual({ kind: 'gone' });
      await allow('renewed', 1);
      expect(await later()).toEqual({ kind: 'gone' });
      expect(failureIn(await cluster.deletePod(pod, { graceSeconds: 1 }, signal)).code).toBe(409);
      expect(valueIn(await cluster.getPod(pod, signal))).toMatchObject({ uid: metadata.uid, deletionAt: undefined });
    });

    it('T41: an exhausted budget is told by name and numbers, until it allows one more', async () => {
      const pod = await stage.world.pod({ labels: { app: 'full' } });
      await stage.world.exhaustedBudget('full');
      expect(await evict(pod)).toEqual({
        kind: 'budget',
        text: 'The disruption budget full needs 1 healthy pods and has 1 currently',
        budget: { name: 'full', needs: 1, has: 1 },
      });
      await allow('full', 1);
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
    });

    it('T43: a budget that is not processed is told, with the seconds to wait', async () => {
      const { world } = stage;
      const pod = await world.pod({ labels: { app: 'new' } });
      await world.budget('new', { minAvailable: 1 });
      expect(await evict(pod)).toEqual({
        kind: 'budget-not-processed',
        text: 'The disruption budget new is still being processed by the server.',
        budget: { name: 'new', needs: undefined, has: undefined },
        retryAfterSeconds: 10,
      });
    });

    it('T52: a budget that failed to sync is told in its own words', async () => {
      const { world } = stage;
      const pod = await world.pod({ labels: { app: 'unsynced' } });
      const message = 'jobs.batch does not implement the scale subresource';
      const lastTransitionTime = '2026-01-01T00:00:00Z';
      const failed = { type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed', message, lastTransitionTime };
      const none = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, conditions: [failed] };
      await world.budget('unsynced', { maxUnavailable: 1 }, none);
      expect(await evict(pod)).toMatchObject({
        kind: 'budget',
        text: `The disruption budget unsynced does not allow evicting pods currently because it failed sync: ${message}`,
        budget: { name: 'unsynced' },
      });
    });

    it('T50: minAvailable 0 is told when it holds a pod that is not ready because none is', async () => {
      const { world } = stage;
      const pod = await world.pod({ labels: { app: 'unready' }, ready: false });
      await world.budget(
        'unready',
        { minAvailable: 0 },
        { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0 },
      );
      const budget = { name: 'unready', needs: 0, has: 0 };
      expect(await evict(pod)).toMatchObject({ kind: 'budget', budget });
    });

    it('T44: two budgets are told, until one of them is taken away', async () => {
      const { world } = stage;
      const pod = await world.pod({ labels: { app: 'double' } });
      await world.exhaustedBudget('double-a', 'double');
      await world.exhaustedBudget('double-b', 'double');
      const text = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
      expect(await evict(pod)).toEqual({ kind: 'two-budgets', text });
      await world.send({ method: 'DELETE', path: world.paths.budgets('double-a') });
      await allow('double-b', 1);
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
    });

    it('T56: a namespace that goes is told, then that the pod is terminating, then that it is gone', async () => {
      const { world, target } = stage;
      const name = `ending-${world.id}`;
      const root = `/api/v1/namespaces/${name}`;
      await world.send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } });
      const spec = { nodeName: `nowhere-${world.id}`, containers: [{ name: 'main', image: 'x' }] };
      const body = { metadata: { name: 'pod' }, spec };
      const { metadata } = await world.send({ method: 'POST', path: `${root}/pods`, body });
      const later = await see({ namespace: name, name: 'pod', uid: metadata.uid });
      await world.send({ method: 'DELETE', path: root });
      expect(await later()).toEqual({
        kind: 'namespace-terminating',
        text: `pods "pod" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
      });
      // A plain delete is not refused there.
      const pod = { namespace: name, name: 'pod', uid: metadata.uid };
      valueIn(await stage.cluster.deletePod(pod, { graceSeconds: 30 }, signal));
      expect(await later()).toEqual({ kind: 'terminating' });
      await target.admin.request(
        { method: 'DELETE', path: `${root}/pods/pod`, body: { gracePeriodSeconds: 0 } },
        signal,
      );
      expect(await later()).toEqual({ kind: 'gone' });
    });

    it('an eviction of a pod with finalizers is accepted; the pod stays and says which', async () => {
      const { world, cluster } = stage;
      const finalizers = ['example.com/hold'];
      const pod = await world.pod({ metadata: { finalizers } });
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
      await world.finish(pod.name);
      expect(valueIn(await cluster.getPod(pod, signal))).toMatchObject({ finalizers, deletionGraceSeconds: 0 });
      expect(await evict(pod)).toEqual({ kind: 'accepted' });
    });
  });

  it('T51: a budget holds the pods that the product takes it to select', async () => {
    const { world, cluster } = stage;
    const selectors: object[] = [
      { matchLabels: { kind: 'a' } },
      { matchExpressions: [{ key: 'kind', operator: 'In', values: ['a', 'b'] }] },
      { matchExpressions: [{ key: 'kind', operator: 'NotIn', values: ['a'] }] },
      { matchExpressions: [{ key: 'kind', operator: 'Exists' }] },
      { matchExpressions: [{ key: 'kind', operator: 'DoesNotExist' }] },
      { matchLabels: { kind: 'a' }, matchExpressions: [{ key: 'extra', operator: 'DoesNotExist' }] },
      {},
    ];
    const labels: Record<string, string>[] = [{ kind: 'a' }, { kind: 'a', extra: 'x' }, { kind: 'b' }, {}];
    const pods = await Promise.all(labels.map((each) => world.pod({ labels: each })));
    const views = await Promise.all(pods.map(async (pod) => valueIn(await cluster.getPod(pod, signal))));
    const status = { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1 };
    const ours = (name: string) => `selecting-${name}`;
    for (const [n, selector] of selectors.entries()) {
      await world.budget(ours(String(n)), { minAvailable: 1, selector }, status);
      const budgets = valueIn(await cluster.listBudgets(signal)).items.filter(({ name }) => name === ours(String(n)));
      const held = await Promise.all(pods.map((pod) => cluster.evictPod(pod, { dryRun: true }, signal)));
      expect([selector, held.map(({ ok }) => !ok)]).toEqual([
        selector,
        views.map((view) => budgetsOf(view, budgets).length > 0),
      ]);
      await world.send({ method: 'DELETE', path: world.paths.budgets(ours(String(n))) });
    }
  });
}
