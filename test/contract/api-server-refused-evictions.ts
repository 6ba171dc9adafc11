import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';
import { refusalIn } from './bench.ts';

const exhausted = { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1 };
const wouldViolate = "Cannot evict pod as it would violate the pod's disruption budget.";

export function apiServerRefusedEvictions(stage: Stage): void {
  describe('an eviction that is refused', () => {
    const guarded = async (app: string, spec: object, status?: object) => {
      await stage.bench.budget(app, spec, status);
      return (await stage.bench.pod({ labels: { app } })).metadata;
    };

    it('T41: 429 without Retry-After when the budget has no disruption left, in numbers', async () => {
      const { name } = await guarded('tight', { minAvailable: 1 }, exhausted);
      expect(refusalIn(await stage.bench.evict(name))).toEqual({
        status: 429,
        retryAfter: undefined,
        reason: 'TooManyRequests',
        message: wouldViolate,
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget tight needs 1 healthy pods and has 1 currently',
            },
          ],
        },
      });
      const { metadata } = await stage.bench.send({ method: 'GET', path: stage.bench.paths.pods(name) });
      expect(metadata.deletionTimestamp).toBeUndefined();
      await stage.bench.setStatus(stage.bench.paths.budgets('tight'), { disruptionsAllowed: 1, currentHealthy: 2 });
      expect((await stage.bench.evict(name)).status).toBe(201);
    });

    it('T43: 429 with Retry-After 10 while the budget is not processed', async () => {
      const { name } = await guarded('fresh', { minAvailable: 1 });
      expect(refusalIn(await stage.bench.evict(name))).toMatchObject({
        status: 429,
        retryAfter: '10',
        message: wouldViolate,
        details: {
          retryAfterSeconds: 10,
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget fresh is still being processed by the server.',
            },
          ],
        },
      });
    });

    it('T52: 429 in the words of a budget that failed to sync, or that has other reasons', async () => {
      const condition = (reason: string, message: string) => ({
        conditions: [
          { type: 'DisruptionAllowed', status: 'False', reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' },
        ],
      });
      const causeOf = async (name: string) => refusalIn(await stage.bench.evict(name)).details?.causes?.[0]?.message;
      const failed = { ...exhausted, ...condition('SyncFailed', 'found no controllers') };
      expect(await causeOf((await guarded('failed', { maxUnavailable: 1 }, failed)).name)).toBe(
        'The disruption budget failed does not allow evicting pods currently because it failed sync: found no controllers',
      );
      const plenty = { ...exhausted, currentHealthy: 5 };
      const other = { ...plenty, ...condition('Other', 'just so') };
      expect(await causeOf((await guarded('other', { minAvailable: 1 }, other)).name)).toBe(
        'The disruption budget other does not allow evicting pods currently (Other): just so',
      );
      expect(await causeOf((await guarded('silent', { minAvailable: 1 }, plenty)).name)).toBe(
        'The disruption budget silent does not allow evicting pods currently',
      );
    });

    it('403 when the budget has more than 2000 evictions that its controller has not seen', async () => {
      const names = Array.from({ length: 2001 }, (_, n) => `gone-${n}`);
      const disruptedPods = Object.fromEntries(names.map((name) => [name, '2026-01-01T00:00:00Z']));
      const { name } = await guarded(
        'flooded',
        { minAvailable: 1 },
        { ...exhausted, disruptionsAllowed: 5, disruptedPods },
      );
      expect(refusalIn(await stage.bench.evict(name))).toEqual({
        status: 403,
        retryAfter: undefined,
        reason: 'Forbidden',
        message:
          'poddisruptionbudget.policy "flooded" is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB controller',
        details: { name: 'flooded', group: 'policy', kind: 'poddisruptionbudget' },
      });
    });

    it('T44: 500 without a reason when two budgets match', async () => {
      const app = 'twice';
      await stage.bench.budget('first-of-two', { minAvailable: 0, selector: { matchLabels: { app } } }, exhausted);
      const { name } = await guarded(app, { minAvailable: 0 }, exhausted);
      expect(refusalIn(await stage.bench.evict(name))).toEqual({
        status: 500,
        retryAfter: undefined,
        reason: undefined,
        message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
        details: undefined,
      });
      await stage.bench.send({ method: 'DELETE', path: stage.bench.paths.budgets('first-of-two') });
      await stage.bench.setStatus(stage.bench.paths.budgets(app), { disruptionsAllowed: 1 });
      expect((await stage.bench.evict(name)).status).toBe(201);
    });

    it('T53: 409 to the uid of the pod that had the name before, with the budget spent all the same', async () => {
      const status = { ...exhausted, disruptionsAllowed: 1, currentHealthy: 2 };
      const { name, uid: old } = await guarded('replaced', { minAvailable: 1 }, status);
      const { uid } = (await stage.bench.replace(name, { labels: { app: 'replaced' } })).metadata;
      const preconditions = { uid: old };
      expect(refusalIn(await stage.bench.evict(name, { preconditions }))).toMatchObject({
        status: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on Pod "${name}": the UID in the precondition (${old}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
        details: { name, kind: 'Pod' },
      });
      const remove = { method: 'DELETE', path: stage.bench.paths.pods(name), body: { preconditions } } as const;
      expect((await stage.bench.ask(remove)).status).toBe(409);
      const budget = await stage.bench.send({ method: 'GET', path: stage.bench.paths.budgets('replaced') });
      expect(budget.status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [name]: expect.any(String) } });
      expect((await stage.bench.evict(name, { preconditions: { uid } })).status).toBe(429);
    });

    it('T53: 429, not 409, to another uid when the budget is exhausted', async () => {
      const { name } = await guarded('hidden', { minAvailable: 1 }, exhausted);
      expect((await stage.bench.evict(name, { preconditions: { uid: 'other' } })).status).toBe(429);
    });

    it('T55: 404 for a pod that is gone, 400 for a body that names another', async () => {
      expect(refusalIn(await stage.bench.evict('gone'))).toMatchObject({
        status: 404,
        message: 'pods "gone" not found',
      });
      const { name } = (await stage.bench.pod()).metadata;
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'gone' } };
      const answer = await stage.bench.ask({ method: 'POST', path: stage.bench.paths.eviction(name), body });
      expect(refusalIn(answer)).toMatchObject({
        status: 400,
        reason: 'BadRequest',
        message: 'name in URL does not match name in Eviction object',
      });
    });

    it('T51: an empty selector covers every pod of its namespace, an absent one none', async () => {
      const { bench } = stage;
      const { name } = (await bench.pod()).metadata;
      await bench.budget('none', { minAvailable: 1, selector: null }, exhausted);
      expect((await bench.evict(name, {}, { dryRun: 'All' })).status).toBe(201);
      await bench.budget('all', { minAvailable: 1, selector: {} }, exhausted);
      expect((await bench.evict(name)).status).toBe(429);
      for (const budget of ['none', 'all']) await bench.send({ method: 'DELETE', path: bench.paths.budgets(budget) });
    });

    it('T56: 403 in a namespace that is going, also for a pod that is terminating or gone, while a delete works', async () => {
      const { bench } = stage;
      const namespace = `going-${bench.id}`;
      const root = `/api/v1/namespaces/${namespace}`;
      await bench.send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
      const spec = { nodeName: `nowhere-${bench.id}`, containers: [{ name: 'main', image: 'x' }] };
      await bench.send({ method: 'POST', path: `${root}/pods`, body: { metadata: { name: 'held' }, spec } });
      await bench.send({ method: 'DELETE', path: root });
      const evict = (name: string) =>
        bench.ask({
          method: 'POST',
          path: `${root}/pods/${name}/eviction`,
          body: { metadata: { name }, apiVersion: 'policy/v1', kind: 'Eviction' },
        });
      const refused = (name: string) => ({
        status: 403,
        reason: 'Forbidden',
        message: `pods "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
        details: {
          name,
          kind: 'pods',
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: `namespace ${namespace} is being terminated`,
              field: 'metadata.namespace',
            },
          ],
        },
      });
      expect(refusalIn(await evict('held'))).toMatchObject(refused('held'));
      expect(refusalIn(await evict('gone'))).toMatchObject(refused('gone'));
      const path = `${root}/pods/held`;
      expect((await bench.ask({ method: 'DELETE', path })).status).toBe(200);
      expect(refusalIn(await evict('held'))).toMatchObject(refused('held'));
      await bench.send({ method: 'DELETE', path, body: { gracePeriodSeconds: 0 } });
    });
  });
}
