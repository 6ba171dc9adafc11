import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';

const exhausted = { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1 };

export function apiServerEvictions(stage: Stage): void {
  describe('an eviction that is accepted', () => {
    const read = (name: string) => stage.bench.send({ method: 'GET', path: stage.bench.paths.pods(name) });
    const statusOf = async (name: string) =>
      (await stage.bench.send({ method: 'GET', path: stage.bench.paths.budgets(name) })).status;

    it('T40: answers 201 and gives the pod its deletion and its DisruptionTarget condition', async () => {
      const { name, uid } = (await stage.bench.pod()).metadata;
      const { status, body } = await stage.bench.evict(name, { preconditions: { uid } });
      expect(status).toBe(201);
      expect(body).toMatchObject({ kind: 'Status', status: 'Success', code: 201 });
      const pod = await read(name);
      expect(pod.metadata.deletionGracePeriodSeconds).toBe(30);
      expect(pod.status.conditions).toContainEqual(
        expect.objectContaining({
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
        }),
      );
    });

    it('a plain delete sets no such condition', async () => {
      const { name } = (await stage.bench.pod()).metadata;
      await stage.bench.send({ method: 'DELETE', path: stage.bench.paths.pods(name) });
      expect((await read(name)).status.conditions?.map(({ type }) => type)).toEqual(['Ready']);
    });

    it('T64: takes a grace period, and grace 0 removes the pod at once', async () => {
      const [short, none] = [await stage.bench.pod(), await stage.bench.pod()];
      await stage.bench.evict(short.metadata.name, { gracePeriodSeconds: 10 });
      expect((await read(short.metadata.name)).metadata.deletionGracePeriodSeconds).toBe(10);
      await stage.bench.evict(none.metadata.name, { gracePeriodSeconds: 0 });
      const { status } = await stage.bench.ask({ method: 'GET', path: stage.bench.paths.pods(none.metadata.name) });
      expect(status).toBe(404);
    });

    it('T42: spends one disruption of the budget, by name, until none is left', async () => {
      const app = 'spent';
      await stage.bench.budget(app, { minAvailable: 1 }, { ...exhausted, disruptionsAllowed: 1, currentHealthy: 2 });
      const { name } = (await stage.bench.pod({ labels: { app } })).metadata;
      expect((await stage.bench.evict(name)).status).toBe(201);
      const status = await statusOf(app);
      expect(status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [name]: expect.any(String) } });
      expect(status.conditions).toContainEqual(
        expect.objectContaining({ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods' }),
      );
    });

    it('T60: ten at a time under one budget are all accepted, and each is counted', async () => {
      const { bench } = stage;
      await bench.budget('ten', { minAvailable: 0 }, { disruptionsAllowed: 10, currentHealthy: 10, desiredHealthy: 0 });
      const pods = await Promise.all(Array.from({ length: 10 }, () => bench.pod({ labels: { app: 'ten' } })));
      const names = pods.map(({ metadata }) => metadata.name);
      const answers = await Promise.all(names.map((name) => bench.evict(name)));
      expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
      const { disruptionsAllowed, disruptedPods } = await statusOf('ten');
      expect(disruptionsAllowed).toBe(0);
      expect(Object.keys(disruptedPods as object).sort()).toEqual(names.sort());
    });

    it.each([
      ['T45', 'Pending'],
      ['T46', 'Succeeded'],
      ['T47', 'Failed'],
    ])('%s: asks no budget for a pod that is %s', async (_scenario, phase) => {
      const app = `ignored-${phase.toLowerCase()}`;
      await stage.bench.budget(app, { minAvailable: 1 }, exhausted);
      const { name } = (await stage.bench.pod({ labels: { app }, phase })).metadata;
      expect((await stage.bench.evict(name)).status).toBe(201);
      expect(await statusOf(app)).not.toHaveProperty('disruptedPods');
    });

    it('T48: asks no budget for a pod that is terminating, and changes nothing but by a shorter grace', async () => {
      const { bench } = stage;
      await bench.budget('leaving', { minAvailable: 1 }, exhausted);
      const { name } = (await bench.pod({ labels: { app: 'leaving' } })).metadata;
      await bench.send({ method: 'DELETE', path: bench.paths.pods(name), body: { gracePeriodSeconds: 300 } });
      const before = (await read(name)).metadata;
      expect((await bench.evict(name)).status).toBe(201);
      expect((await read(name)).metadata).toMatchObject({ deletionTimestamp: before.deletionTimestamp });
      await bench.evict(name, { gracePeriodSeconds: 60 });
      expect((await read(name)).metadata.deletionGracePeriodSeconds).toBe(60);
    });

    it('T25: a dry run answers as the eviction would and changes neither pod nor budget', async () => {
      const { bench } = stage;
      await bench.budget('dry', { minAvailable: 1 }, { ...exhausted, disruptionsAllowed: 1, currentHealthy: 2 });
      const { name } = (await bench.pod({ labels: { app: 'dry' } })).metadata;
      expect((await bench.evict(name, {}, { dryRun: 'All' })).status).toBe(201);
      expect((await bench.evict(name, { dryRun: ['All'] })).status).toBe(201);
      expect((await read(name)).metadata.deletionTimestamp).toBeUndefined();
      expect(await statusOf('dry')).toMatchObject({ disruptionsAllowed: 1 });
      await bench.setStatus(bench.paths.budgets('dry'), { disruptionsAllowed: 0 });
      expect((await bench.evict(name, { dryRun: ['All'] })).status).toBe(429);
    });
  });
}
