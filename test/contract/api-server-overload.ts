import { describe, expect, it } from 'vitest';
import { WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import type { Stage } from './api-server.ts';

/** API Priority and Fairness: https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ */
export function apiServerOverload(stage: Stage): void {
  describe('a server that has too much to do', () => {
    it('T62: turns lists, watches and evictions away with 429 in plain text, Retry-After and no cause', async () => {
      const { bench, target } = stage;
      const { name } = (await bench.pod()).metadata;
      const { crowded, end } = await target.overload(bench.namespace);
      const turnedAway = {
        status: 429,
        headers: expect.objectContaining({
          'retry-after': '1',
          'content-type': expect.stringContaining('text/plain'),
        }),
        body: 'Too many requests, please try again later.\n',
      };
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
      expect(await bench.ask({ method: 'GET', path: bench.paths.pods() }, crowded)).toEqual(turnedAway);
      expect(await bench.ask({ method: 'POST', path: bench.paths.eviction(name), body }, crowded)).toEqual(turnedAway);
      const watch = crowded.watch({ path: bench.paths.pods(), query: { watch: 'true' } }, new AbortController().signal);
      const error = await watch[Symbol.asyncIterator]()
        .next()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WatchRefusedError);
      expect((error as WatchRefusedError).response).toMatchObject(turnedAway);
      await end();
      expect((await bench.ask({ method: 'POST', path: bench.paths.eviction(name), body }, crowded)).status).not.toBe(
        429,
      );
    });
  });
}
