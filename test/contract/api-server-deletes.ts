import { describe, expect, it } from 'vitest';
import type { Stage } from './api-server.ts';
import { mergePatch, refusalIn, type StoredObject } from './bench.ts';

export function apiServerDeletes(stage: Stage): void {
  describe('deleting a pod', () => {
    const remove = (name: string, body?: object) =>
      stage.bench.ask({ method: 'DELETE', path: stage.bench.paths.pods(name), ...(body ? { body } : {}) });
    const graceOf = async (name: string) => {
      const { metadata } = await stage.bench.send({ method: 'GET', path: stage.bench.paths.pods(name) });
      return { grace: metadata.deletionGracePeriodSeconds, at: Date.parse(metadata.deletionTimestamp ?? '') };
    };
    const isGone = async (name: string) =>
      (await stage.bench.ask({ method: 'GET', path: stage.bench.paths.pods(name) })).status === 404;

    it('marks it with its own grace, or with the one that is asked for, also a longer one', async () => {
      const [own, longer] = [await stage.bench.pod(), await stage.bench.pod()];
      const { status, body } = await remove(own.metadata.name);
      expect(status).toBe(200);
      expect((body as StoredObject).metadata).toMatchObject({ deletionGracePeriodSeconds: 30, generation: 2 });
      await remove(longer.metadata.name, { gracePeriodSeconds: 600 });
      expect((await graceOf(longer.metadata.name)).grace).toBe(600);
    });

    it('T97: a second request counts the new grace from the first, and can only shorten it', async () => {
      const { name } = (await stage.bench.pod()).metadata;
      await remove(name, { gracePeriodSeconds: 600 });
      const first = await graceOf(name);
      for (const body of [{ gracePeriodSeconds: 600 }, { gracePeriodSeconds: 900 }, undefined]) {
        expect((await remove(name, body)).status).toBe(200);
        expect(await graceOf(name)).toEqual(first);
      }
      await remove(name, { gracePeriodSeconds: 100 });
      expect(await graceOf(name)).toEqual({ grace: 100, at: first.at - 500_000 });
    });

    it('ends now, with a grace of one second, when the new grace is already over', async () => {
      const { name } = (await stage.bench.pod()).metadata;
      await remove(name, { gracePeriodSeconds: 600 });
      const first = await graceOf(name);
      await stage.bench.wait(2_200);
      await remove(name, { gracePeriodSeconds: 2 });
      const { grace, at } = await graceOf(name);
      expect(grace).toBe(1);
      const elapsed = at - (first.at - 600_000);
      expect(elapsed).toBeGreaterThanOrEqual(2_000);
      expect(elapsed).toBeLessThanOrEqual(60_000);
    });

    it('reads a negative grace as one second', async () => {
      const { name } = (await stage.bench.pod()).metadata;
      await remove(name, { gracePeriodSeconds: -5 });
      expect((await graceOf(name)).grace).toBe(1);
    });

    it('removes it at once with grace 0, without a node, or when it is finished', async () => {
      const forced = (await stage.bench.pod()).metadata.name;
      const unbound = (await stage.bench.pod({ nodeName: '', phase: 'Pending' })).metadata.name;
      const finished = (await stage.bench.pod({ phase: 'Succeeded' })).metadata.name;
      await remove(forced, { gracePeriodSeconds: 0 });
      await remove(unbound);
      await remove(finished);
      for (const name of [forced, unbound, finished]) expect(await isGone(name)).toBe(true);
    });

    it('keeps a pod with finalizers, also with grace 0, until the last of them is taken away', async () => {
      const { name } = (await stage.bench.pod({ metadata: { finalizers: ['example.com/hold'] } })).metadata;
      await remove(name, { gracePeriodSeconds: 0 });
      expect((await graceOf(name)).grace).toBe(0);
      const path = stage.bench.paths.pods(name);
      await stage.bench.send({
        method: 'PATCH',
        path,
        contentType: mergePatch,
        body: { metadata: { finalizers: null } },
      });
      expect(await isGone(name)).toBe(true);
    });

    it('keeps a terminating pod that loses its finalizers before its grace is over', async () => {
      const { name } = (await stage.bench.pod({ metadata: { finalizers: ['example.com/hold'] } })).metadata;
      await remove(name);
      const path = stage.bench.paths.pods(name);
      await stage.bench.send({
        method: 'PATCH',
        path,
        contentType: mergePatch,
        body: { metadata: { finalizers: null } },
      });
      expect((await graceOf(name)).grace).toBe(30);
    });

    it('answers 409 to another uid and another resourceVersion', async () => {
      const { name, uid } = (await stage.bench.pod()).metadata;
      const other = refusalIn(await remove(name, { preconditions: { uid: 'other' } }));
      expect(other).toEqual({
        status: 409,
        retryAfter: undefined,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on Pod "${name}": the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
        details: { name, kind: 'Pod' },
      });
      expect((await remove(name, { preconditions: { resourceVersion: '1' } })).status).toBe(409);
      expect((await remove(name, { preconditions: { uid } })).status).toBe(200);
    });

    it('T25: changes nothing in a dry run, in the body or in the query', async () => {
      const { bench } = stage;
      const { name } = (await bench.pod()).metadata;
      expect((await remove(name, { dryRun: ['All'], gracePeriodSeconds: 5 })).status).toBe(200);
      await bench.send({ method: 'DELETE', path: bench.paths.pods(name), query: { dryRun: 'All' } });
      const { metadata } = await bench.send({ method: 'GET', path: bench.paths.pods(name) });
      expect(metadata.deletionTimestamp).toBeUndefined();
    });
  });
}
