import { describe, expect, it } from 'vitest';
import { type KubeWatchFrame, WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import type { Stage } from './api-server.ts';
import { mergePatch, refusalIn, type StoredObject } from './bench.ts';

const objectIn = (frame: KubeWatchFrame | undefined) => frame?.object as StoredObject;
const types = (frames: KubeWatchFrame[]) => frames.map(({ type }) => type);

export function apiServerWatches(stage: Stage): void {
  describe('watching', () => {
    const onNode = (name: string) => ({ fieldSelector: `spec.nodeName=${name}-${stage.bench.id}` });
    const pod = (name: string) => stage.bench.pod({ nodeName: `${name}-${stage.bench.id}` });
    const revision = async () =>
      (await stage.bench.send({ method: 'GET', path: '/api/v1/pods', query: { limit: '1' } })).metadata.resourceVersion;

    it('tells the end of a pod in four frames: condition, deletion, grace 0, gone', async () => {
      const { bench } = stage;
      const { name, resourceVersion } = (await pod('four')).metadata;
      await bench.evict(name);
      await bench.ask({ method: 'DELETE', path: bench.paths.pods(name), body: { gracePeriodSeconds: 0 } });
      const query = { ...onNode('four'), resourceVersion };
      const frames = await bench.watchUntil('/api/v1/pods', query, ({ type }) => type === 'DELETED');
      expect(types(frames)).toEqual(['MODIFIED', 'MODIFIED', 'MODIFIED', 'DELETED']);
      const [condition, deletion, last, gone] = frames.map(objectIn);
      expect(condition?.status.conditions?.map(({ type }) => type)).toContain('DisruptionTarget');
      expect(condition?.metadata.deletionTimestamp).toBeUndefined();
      expect(deletion?.metadata.deletionGracePeriodSeconds).toBe(30);
      expect(last?.metadata.deletionGracePeriodSeconds).toBe(0);
      expect(Number(gone?.metadata.resourceVersion)).toBeGreaterThan(Number(last?.metadata.resourceVersion));
    });

    it('shows an object that begins to match as ADDED, and one that ceases to as DELETED', async () => {
      const { bench } = stage;
      const { name, resourceVersion } = (await pod('labelled')).metadata;
      const label = (team: string | null) =>
        bench.send({
          method: 'PATCH',
          path: bench.paths.pods(name),
          contentType: mergePatch,
          body: { metadata: { labels: { team } } },
        });
      await label(bench.id);
      await label(null);
      const query = { labelSelector: `team=${bench.id}`, resourceVersion };
      const frames = await bench.watchUntil(bench.paths.pods(), query, ({ type }) => type === 'DELETED');
      expect(types(frames)).toEqual(['ADDED', 'DELETED']);
    });

    it('begins with what is there when no resourceVersion is given', async () => {
      const { metadata } = await pod('initial');
      const frames = await stage.bench.watchUntil('/api/v1/pods', onNode('initial'), () => true);
      expect(frames).toMatchObject([{ type: 'ADDED', object: { kind: 'Pod', metadata: { uid: metadata.uid } } }]);
    });

    it.each([{ resourceVersion: '0' }, { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }])(
      'marks the end of the initial list with a bookmark for %o',
      async (start) => {
        await pod('marked');
        const query = { ...onNode('marked'), ...start, allowWatchBookmarks: 'true' };
        const frames = await stage.bench.watchUntil('/api/v1/pods', query, ({ type }) => type === 'BOOKMARK');
        expect(frames.at(0)?.type).toBe('ADDED');
        expect(objectIn(frames.at(-1)).metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
      },
    );

    it('refuses initial events without NotOlderThan, and a field it cannot select by, with an HTTP status', async () => {
      const refused = async (query: Record<string, string>) => {
        const error = await stage.bench.watchUntil('/api/v1/pods', query).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(WatchRefusedError);
        return refusalIn((error as WatchRefusedError).response);
      };
      expect(await refused({ sendInitialEvents: 'true', allowWatchBookmarks: 'true' })).toMatchObject({
        status: 422,
        message:
          'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      });
      expect(await refused({ fieldSelector: 'spec.foo=1' })).toMatchObject({ status: 400 });
    });

    it('answers 200 to a resourceVersion that is too old, then one ERROR with 410 Expired, and ends', async () => {
      const { path, resourceVersion } = await stage.target.tooOld();
      expect(await stage.bench.watchUntil(path, { resourceVersion })).toEqual([
        {
          type: 'ERROR',
          object: {
            kind: 'Status',
            apiVersion: 'v1',
            metadata: {},
            status: 'Failure',
            message: expect.stringMatching(new RegExp(`^too old resource version: ${resourceVersion} \\(\\d+\\)$`)),
            reason: 'Expired',
            code: 410,
          },
        },
      ]);
    });

    it('ends after timeoutSeconds, without a word before a resourceVersion of the future', async () => {
      const resourceVersion = String(Number(await revision()) + 1_000_000);
      const watch = stage.bench.watchUntil('/api/v1/pods', { resourceVersion, timeoutSeconds: '1' });
      await pod('unheard');
      expect(await stage.bench.settle(watch)).toEqual([]);
    });

    it('sends a bookmark shortly before the end, to those who allow it', async () => {
      const resourceVersion = await revision();
      const query = { ...onNode('silent'), resourceVersion, timeoutSeconds: '3' };
      const watches = [{ allowWatchBookmarks: 'true' }, {}].map((more) =>
        stage.bench.watchUntil('/api/v1/pods', { ...query, ...more }),
      );
      await pod('elsewhere');
      const [allowed, silent] = await stage.bench.settle(Promise.all(watches));
      expect(new Set(types(allowed ?? []))).toEqual(new Set(['BOOKMARK']));
      expect(Number(objectIn(allowed?.at(-1)).metadata.resourceVersion)).toBeGreaterThan(Number(resourceVersion));
      expect(silent).toEqual([]);
    });
  });
}
