import { describe, expect, it, vi } from 'vitest';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

export function clusterPortEvictions(stage: Stage): void {
  const deletionOf = async (pod: { namespace: string; name: string }) => {
    const { deletionAt, deletionGraceSeconds } = valueIn(await stage.cluster.getPod(pod, signal));
    return { terminating: deletionAt !== undefined, deletionGraceSeconds };
  };

  describe('pods', () => {
    it('lists the pods of a node and no others', async () => {
      const { cluster, world } = stage;
      const here = await world.pod({ node: world.nodes.first, labels: { app: 'listed' } });
      const elsewhere = await world.pod({ node: world.nodes.second });
      const { items, resourceVersion } = valueIn(await cluster.listPods(world.nodes.first, signal));
      expect(items.map(({ uid }) => uid)).toContain(here.uid);
      expect(items.map(({ uid }) => uid)).not.toContain(elsewhere.uid);
      expect(items.find(({ uid }) => uid === here.uid)).toMatchObject({
        ...here,
        nodeName: world.nodes.first,
        phase: 'Running',
        ready: true,
        labels: { app: 'listed' },
        graceSeconds: 600,
        startedAt: Date.UTC(2026, 0, 1),
        deletionAt: undefined,
      });
      expect(resourceVersion).not.toBe('');
      const all = valueIn(await cluster.listPodsOfNamespace(world.namespace, signal)).map(({ uid }) => uid);
      expect(all).toEqual(expect.arrayContaining([here.uid, elsewhere.uid]));
    });

    it('answers 404 for a pod that is gone', async () => {
      const missing = { namespace: stage.world.namespace, name: 'no-such-pod' };
      expect(failureIn(await stage.cluster.getPod(missing, signal))).toMatchObject({ code: 404, detailsKind: 'pods' });
    });
  });

  describe('evictions', () => {
    it('T40: evicts a pod that no budget holds, with the grace it is given', async () => {
      const pod = await stage.world.pod({ graceSeconds: 600 });
      expect(await stage.cluster.evictPod(pod, { graceSeconds: 45 }, signal)).toMatchObject({ ok: true });
      expect(await deletionOf(pod)).toEqual({ terminating: true, deletionGraceSeconds: 45 });
    });

    it('T64: leaves a pod its own grace when none is given', async () => {
      const pod = await stage.world.pod({ graceSeconds: 120 });
      valueIn(await stage.cluster.evictPod(pod, {}, signal));
      expect(await deletionOf(pod)).toEqual({ terminating: true, deletionGraceSeconds: 120 });
    });

    it('T25: touches nothing on a dry run', async () => {
      const pod = await stage.world.pod();
      valueIn(await stage.cluster.evictPod(pod, { dryRun: true }, signal));
      valueIn(await stage.cluster.deletePod(pod, { graceSeconds: 5, dryRun: true }, signal));
      expect(await deletionOf(pod)).toMatchObject({ terminating: false });
    });

    it('T41: hands on the refusal of an exhausted budget: its cause, and no Retry-After', async () => {
      const { cluster, world } = stage;
      const pod = await world.pod({ labels: { app: 'held' } });
      await world.exhaustedBudget('held');
      await vi.waitFor(async () => {
        const failure = failureIn(await cluster.evictPod(pod, {}, signal));
        expect(failure).toMatchObject({ code: 429, reason: 'TooManyRequests', retryAfterSeconds: undefined });
        expect(failure.causes).toEqual([
          { reason: 'DisruptionBudget', message: expect.stringContaining('held needs 1 healthy pods and has 1') },
        ]);
      }, 30_000);
      expect(await deletionOf(pod)).toMatchObject({ terminating: false });
    });

    it('T65: a plain delete asks no budget', async () => {
      const { cluster, world } = stage;
      const pod = await world.pod({ labels: { app: 'forced' } });
      await world.exhaustedBudget('forced');
      valueIn(await cluster.deletePod(pod, { graceSeconds: 30 }, signal));
      expect(await deletionOf(pod)).toEqual({ terminating: true, deletionGraceSeconds: 30 });
    });

    it('T44: hands on the refusal of two budgets', async () => {
      const { cluster, world } = stage;
      const pod = await world.pod({ labels: { app: 'twice' } });
      await world.exhaustedBudget('twice-a', 'twice');
      await world.exhaustedBudget('twice-b', 'twice');
      await vi.waitFor(async () => {
        const failure = failureIn(await cluster.evictPod(pod, {}, signal));
        expect(failure).toMatchObject({ code: 500, reason: undefined });
        expect(failure.message).toContain('more than one PodDisruptionBudget');
      }, 30_000);
    });

    it('T53: refuses to evict or delete another pod of the same name', async () => {
      const { cluster, world } = stage;
      const pod = await world.pod();
      const earlier = { ...pod, uid: '00000000-0000-4000-8000-000000000000' };
      expect(failureIn(await cluster.evictPod(earlier, {}, signal))).toMatchObject({ code: 409, reason: 'Conflict' });
      expect(failureIn(await cluster.deletePod(earlier, { graceSeconds: 1 }, signal)).code).toBe(409);
      expect(await deletionOf(pod)).toMatchObject({ terminating: false });
    });

    it('T55: answers 404 for a pod that is gone', async () => {
      const { cluster, world } = stage;
      const gone = { namespace: world.namespace, name: 'gone', uid: '00000000-0000-4000-8000-000000000000' };
      expect(failureIn(await cluster.evictPod(gone, {}, signal)).code).toBe(404);
      expect(failureIn(await cluster.deletePod(gone, { graceSeconds: 1 }, signal)).code).toBe(404);
    });

    it('never deletes with a grace below one second', async () => {
      const pod = await stage.world.pod();
      await expect(stage.cluster.deletePod(pod, { graceSeconds: 0 }, signal)).rejects.toThrow(RangeError);
      expect(await deletionOf(pod)).toMatchObject({ terminating: false });
    });

    it('lists budgets as they stand', async () => {
      const { cluster, world } = stage;
      await world.pod({ labels: { app: 'counted' } });
      await world.exhaustedBudget('counted');
      await vi.waitFor(async () => {
        const { items } = valueIn(await cluster.listBudgets(signal));
        const budget = items.find(({ namespace, name }) => namespace === world.namespace && name === 'counted');
        expect(budget).toMatchObject({
          selector: { matchLabels: { app: 'counted' }, matchExpressions: [] },
          minAvailable: 1,
          maxUnavailable: undefined,
          disruptionsAllowed: 0,
          currentHealthy: 1,
          desiredHealthy: 1,
          expectedPods: 1,
          generation: 1,
          observedGeneration: 1,
          unhealthyPodEvictionPolicy: undefined,
        });
      }, 30_000);
    });
  });
}
