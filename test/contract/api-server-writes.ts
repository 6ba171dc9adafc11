import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';
import { lease } from './api-server-lists.ts';
import { mergePatch, refusalIn } from './bench.ts';

export function apiServerWrites(stage: Stage): void {
  describe('writing', () => {
    const patch = (name: string, body: object, contentType = mergePatch) =>
      stage.bench.ask({ method: 'PATCH', path: `${stage.bench.paths.nodes}/${name}`, contentType, body });

    it('sets label, cordon and annotation in one merge patch, and null undoes all three', async () => {
      const { name } = (await stage.bench.node('marked')).metadata;
      const marked = await patch(name, {
        metadata: { labels: { out: 'true' }, annotations: { drain: 'x' } },
        spec: { unschedulable: true },
      });
      expect(marked).toMatchObject({
        status: 200,
        body: { metadata: { labels: { out: 'true' }, annotations: { drain: 'x' } }, spec: { unschedulable: true } },
      });
      const undone = await patch(name, {
        metadata: { labels: { out: null }, annotations: { drain: null } },
        spec: { unschedulable: null },
      });
      expect(undone.status).toBe(200);
      expect(undone.body).not.toHaveProperty('metadata.labels.out');
      expect(undone.body).not.toHaveProperty('metadata.annotations.drain');
      expect(undone.body).not.toHaveProperty('spec.unschedulable');
    });

    it('T111: leaves the taints as they are, those of others and those of the controllers', async () => {
      const taints = [
        { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
        { key: 'example.com/theirs', value: 'x', effect: 'NoExecute' },
      ];
      const { name } = (await stage.bench.node('tainted', { taints, unschedulable: true })).metadata;
      const spec = { unschedulable: null };
      const { body } = await patch(name, { metadata: { labels: { out: 'true' } }, spec });
      // The server adds its own while a new node is not ready.
      expect(body).toMatchObject({ spec: { taints: expect.arrayContaining(taints) } });
    });

    it('changes nothing of what a refused patch asks for', async () => {
      const { name, resourceVersion } = (await stage.bench.node('whole')).metadata;
      const mark = { labels: { out: 'true' }, annotations: { drain: 'x' } };
      const stale = { metadata: { ...mark, resourceVersion: '1' }, spec: { unschedulable: true } };
      expect((await patch(name, stale)).status).toBe(409);
      const other = { metadata: { ...mark, uid: 'other' }, spec: { unschedulable: true } };
      expect((await patch(name, other)).status).toBe(422);
      const { metadata, spec } = await stage.bench.send({ method: 'GET', path: `${stage.bench.paths.nodes}/${name}` });
      expect(metadata.resourceVersion).toBe(resourceVersion);
      expect(spec).not.toHaveProperty('unschedulable');
    });

    it('T111: answers 409 to a stale resourceVersion and 422 to a wrong uid; without them there is no conflict', async () => {
      const { name, resourceVersion } = (await stage.bench.node('contended')).metadata;
      expect((await patch(name, { metadata: { labels: { a: '1' } } })).status).toBe(200);
      expect(refusalIn(await patch(name, { metadata: { resourceVersion, labels: { a: '2' } } }))).toMatchObject({
        status: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on nodes "${name}": the object has been modified; please apply your changes to the latest version and try again`,
        details: { name, kind: 'nodes' },
      });
      expect(refusalIn(await patch(name, { metadata: { uid: 'other', labels: { a: '2' } } }))).toMatchObject({
        status: 422,
        reason: 'Invalid',
        message: `Node "${name}" is invalid: metadata.uid: Invalid value: "other": field is immutable`,
      });
    });

    it('keeps the resourceVersion when a patch changes nothing', async () => {
      const { name, resourceVersion } = (await stage.bench.node('still', { unschedulable: true })).metadata;
      const { body } = await patch(name, { spec: { unschedulable: true } });
      expect(body).toMatchObject({ metadata: { resourceVersion } });
    });

    it('refuses a patch of a type it does not know', async () => {
      const { name } = (await stage.bench.node('typed')).metadata;
      expect((await patch(name, {}, 'text/plain')).status).toBe(415);
    });

    it('answers 409 to a name that is taken and 404 to a namespace that is not there', async () => {
      const { bench } = stage;
      const { metadata } = await bench.pod();
      const spec = { containers: [{ name: 'main', image: 'x' }] };
      const body = { metadata: { name: metadata.name }, spec };
      expect(refusalIn(await bench.ask({ method: 'POST', path: bench.paths.pods(), body }))).toMatchObject({
        status: 409,
        reason: 'AlreadyExists',
        message: `pods "${metadata.name}" already exists`,
        details: { name: metadata.name, kind: 'pods' },
      });
      const nowhere = await bench.ask({ method: 'POST', path: '/api/v1/namespaces/nope/pods', body });
      expect(refusalIn(nowhere)).toMatchObject({ status: 404, message: 'namespaces "nope" not found' });
    });

    it('counts changes of a spec in the generation, but not those of a status', async () => {
      const { bench } = stage;
      await bench.budget('counted', { minAvailable: 1 });
      const body = { spec: { minAvailable: 2 } };
      const path = bench.paths.budgets('counted');
      const changed = await bench.send({ method: 'PATCH', path, contentType: mergePatch, body });
      expect(changed.metadata.generation).toBe(2);
      const reported = await bench.setStatus(path, { observedGeneration: 2 });
      expect(reported).toMatchObject({ metadata: { generation: 2 }, spec: { minAvailable: 2 } });
      await bench.send({ method: 'DELETE', path });
    });

    it('replaces a lease only by its resourceVersion, and makes one that is not there', async () => {
      const { bench } = stage;
      const path = bench.paths.leases('held');
      const put = (object: object) => bench.ask({ method: 'PUT', path, body: object });
      const made = await put(lease('held'));
      expect(made.status).toBe(201);
      const { resourceVersion } = (made.body as { metadata: { resourceVersion: string } }).metadata;
      const next = { ...lease('held', { holderIdentity: 'next' }), metadata: { name: 'held', resourceVersion } };
      expect(await put(next)).toMatchObject({ status: 200, body: { spec: { holderIdentity: 'next' } } });
      expect(refusalIn(await put(next))).toMatchObject({
        status: 409,
        reason: 'Conflict',
        details: { name: 'held', kind: 'leases' },
      });
      expect(refusalIn(await put(lease('held'))).message).toBe(
        'leases.coordination.k8s.io "held" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      );
      await bench.send({ method: 'DELETE', path });
    });

    it('takes an Event about a Node only in the namespace default', async () => {
      const { bench } = stage;
      const event = {
        metadata: { name: `event-${bench.id}` },
        involvedObject: { kind: 'Node', name: 'n' },
        reason: 'R',
      };
      const post = (namespace: string) =>
        bench.ask({ method: 'POST', path: `/api/v1/namespaces/${namespace}/events`, body: event });
      expect((await post('default')).status).toBe(201);
      expect(refusalIn(await post('default'))).toMatchObject({ status: 409, reason: 'AlreadyExists' });
      expect(refusalIn(await post(bench.namespace))).toMatchObject({ status: 422, reason: 'Invalid' });
      await bench.send({ method: 'DELETE', path: `/api/v1/namespaces/default/events/event-${bench.id}` });
    });
  });
}
