import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';
import { mergePatch, refusalIn, type StoredObject } from './bench.ts';

export function apiServerLists(stage: Stage): void {
  describe('reading', () => {
    it('answers 404 with the name and the resource for what is not there', async () => {
      const { bench } = stage;
      expect(refusalIn(await bench.ask({ method: 'GET', path: '/api/v1/nodes/nope' }))).toEqual({
        status: 404,
        retryAfter: undefined,
        reason: 'NotFound',
        message: 'nodes "nope" not found',
        details: { name: 'nope', kind: 'nodes' },
      });
      const budget = refusalIn(await bench.ask({ method: 'GET', path: bench.paths.budgets('nope') }));
      expect(budget).toMatchObject({ status: 404, message: 'poddisruptionbudgets.policy "nope" not found' });
      const nothing = refusalIn(await bench.ask({ method: 'GET', path: '/api/v1/nopes' }));
      expect(nothing).toMatchObject({ status: 404, message: 'the server could not find the requested resource' });
    });

    it('answers 405 to a method that is not for a path, and 404 to a path that leads nowhere', async () => {
      const { ask, paths, namespace } = stage.bench;
      const texts = {
        404: 'the server could not find the requested resource',
        405: 'the server does not allow this method on the requested resource',
      };
      const table = [
        ['POST', '/api/v1/pods', 405],
        ['PATCH', paths.nodes, 405],
        ['POST', `${paths.nodes}/n`, 405],
        ['GET', paths.eviction('p'), 405],
        ['GET', '/api/v1/pods/p', 404],
        ['GET', `/api/v1/namespaces/${namespace}/nodes`, 404],
        ['GET', paths.pods('p/status/more'), 404],
        ['GET', paths.pods('p/nothing'), 404],
      ] as const;
      for (const [method, path, expected] of table) {
        const body = method === 'GET' ? {} : { body: {} };
        const { status, message } = refusalIn(await ask({ method, path, contentType: mergePatch, ...body }));
        expect([method, path, status, message]).toEqual([method, path, expected, texts[expected]]);
      }
    });

    it('lists by labels: equality, sets, presence', async () => {
      const { bench } = stage;
      const tier = { tier: bench.id };
      for (const labels of [{ ...tier, app: 'a' }, { ...tier, app: 'b', extra: 'x' }, tier])
        await bench.pod({ labels });
      const count = async (selector: string) => {
        const query = { labelSelector: `tier=${bench.id}${selector}` };
        return (await bench.send({ method: 'GET', path: '/api/v1/pods', query })).items.length;
      };
      const table: [string, number][] = [
        ['', 3],
        [',app=a', 1],
        [',app==a', 1],
        [',app!=a', 2],
        [',app in (a, b)', 2],
        [',app notin (a)', 2],
        [',app', 2],
        [',!app', 1],
        [',app,!extra', 1],
      ];
      for (const [selector, expected] of table) expect([selector, await count(selector)]).toEqual([selector, expected]);
    });

    it('lists pods by node and by name, and refuses a field that is not selectable', async () => {
      const { bench } = stage;
      const nodeName = `elsewhere-${bench.id}`;
      const { metadata } = await bench.pod({ nodeName });
      const list = (fieldSelector: string) =>
        bench.ask({ method: 'GET', path: '/api/v1/pods', query: { fieldSelector } });
      const names = async (selector: string) =>
        ((await list(selector)).body as StoredObject).items.map((pod) => pod.metadata.name);
      expect(await names(`spec.nodeName=${nodeName}`)).toEqual([metadata.name]);
      expect(await names(`spec.nodeName=${nodeName},metadata.name!=${metadata.name}`)).toEqual([]);
      expect(refusalIn(await list('spec.foo=1'))).toMatchObject({
        status: 400,
        reason: 'BadRequest',
        message: 'field label not supported: spec.foo',
      });
      expect(refusalIn(await list('nonsense')).message).toBe(
        "invalid selector: 'nonsense'; can't understand 'nonsense'",
      );
    });

    it('lists only the metadata of cordoned nodes', async () => {
      const { bench } = stage;
      const labels = { run: bench.id };
      const { metadata } = await bench.node('cordoned', { unschedulable: true });
      await bench.node('open');
      const path = `${bench.paths.nodes}/${metadata.name}`;
      await bench.send({ method: 'PATCH', path, contentType: mergePatch, body: { metadata: { labels } } });
      const list = await bench.send({
        method: 'GET',
        path: bench.paths.nodes,
        query: { labelSelector: `run=${bench.id}`, fieldSelector: 'spec.unschedulable=true' },
        accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      });
      expect(list).toMatchObject({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        items: [{ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { labels } }],
      });
      expect(list.items[0]).not.toHaveProperty('spec');
    });

    it('T24: hands out pages of one moment, with the number of objects left', async () => {
      const { bench } = stage;
      for (const name of ['a', 'b', 'c'])
        await bench.send({ method: 'POST', path: bench.paths.leases(), body: lease(name) });
      const page = (query: Record<string, string>) =>
        bench.send({ method: 'GET', path: bench.paths.leases(), query: { limit: '1', ...query } });
      const first = await page({});
      expect(first).toMatchObject({ metadata: { remainingItemCount: 2 }, items: [{ metadata: { name: 'a' } }] });
      expect(first.items[0]).not.toHaveProperty('kind');
      await bench.send({ method: 'DELETE', path: bench.paths.leases('b') });
      const second = await page({ continue: first.metadata.continue ?? '' });
      expect(second).toMatchObject({ metadata: { remainingItemCount: 1 }, items: [{ metadata: { name: 'b' } }] });
      expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      const third = await page({ continue: second.metadata.continue ?? '' });
      expect(third.items.map(({ metadata }) => metadata.name)).toEqual(['c']);
      expect(third.metadata.continue).toBeUndefined();
      for (const name of ['a', 'c']) await bench.send({ method: 'DELETE', path: bench.paths.leases(name) });
    });

    it('T24: 410 to a token whose moment is forgotten, with one that goes on without it (a real one forgets after five to ten minutes)', async () => {
      const { target, bench } = stage;
      const { path, token } = await target.forgotten();
      const page = (token: string) => bench.ask({ method: 'GET', path, query: { limit: '1', continue: token } });
      const answer = await page(token);
      if (answer.status === 200) return expect(answer.body).toMatchObject({ metadata: { resourceVersion: '1' } });
      expect(refusalIn(answer)).toMatchObject({
        status: 410,
        reason: 'Expired',
        message: expect.stringMatching(
          /^The provided continue parameter is too old to display a consistent list result/,
        ),
      });
      const { metadata } = answer.body as StoredObject;
      expect(await page(metadata.continue ?? '')).toMatchObject({ status: 200, body: { items: [{}] } });
    });

    it('counts no remaining objects under a selector, and refuses a token it did not make', async () => {
      const { bench } = stage;
      const labels = { page: bench.id };
      for (let n = 0; n < 2; n++) await bench.pod({ labels });
      const query = { labelSelector: `page=${bench.id}`, limit: '1' };
      const { metadata } = await bench.send({ method: 'GET', path: bench.paths.pods(), query });
      expect(metadata.continue).toBeDefined();
      expect(metadata.remainingItemCount).toBeUndefined();
      const bad = await bench.ask({ method: 'GET', path: bench.paths.pods(), query: { continue: 'abc' } });
      expect(refusalIn(bad)).toMatchObject({ status: 400, reason: 'BadRequest' });
    });
  });
}

export function lease(name: string, spec: object = { holderIdentity: 'someone' }) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec };
}
