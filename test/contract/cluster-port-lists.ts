import { describe, expect, it } from 'vitest';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { Stage } from './cluster-port.ts';
import { signal, valueIn } from './cluster-port-world.ts';

/** The same server, asked for two objects at a time. */
function smallPages(transport: KubeTransport): { transport: KubeTransport; asked: KubeRequest[] } {
  const asked: KubeRequest[] = [];
  const request: KubeTransport['request'] = (original, signal) => {
    const { query } = original;
    const small = query?.limit === undefined ? original : { ...original, query: { ...query, limit: '2' } };
    asked.push(small);
    return transport.request(small, signal);
  };
  return { transport: { ...transport, request }, asked };
}

export function clusterPortLists(stage: Stage): void {
  describe('lists', () => {
    it('T24: a list of several pages is read to its end, selector and all', async () => {
      const { world, target, clusterThrough } = stage;
      const node = `paged-${world.id}`;
      const pods = await Promise.all(Array.from({ length: 5 }, () => world.pod({ node })));
      await world.pod({ node: world.nodes.second });
      const { transport, asked } = smallPages(target.admin);
      const { items, resourceVersion } = valueIn(await clusterThrough(transport).listPods(node, signal));
      expect(items.map(({ uid }) => uid).sort()).toEqual(pods.map(({ uid }) => uid).sort());
      expect(resourceVersion).toMatch(/^\d+$/);
      expect(asked.map(({ query }) => [query?.fieldSelector, query?.continue !== undefined])).toEqual([
        [`spec.nodeName=${node}`, false],
        [`spec.nodeName=${node}`, true],
        [`spec.nodeName=${node}`, true],
      ]);
    });

    it('T24: the pages of a list are of one moment, from which a watch goes on', async () => {
      const { world, target, clusterThrough } = stage;
      const node = `moment-${world.id}`;
      const pods = await Promise.all(Array.from({ length: 3 }, () => world.pod({ node })));
      const [last] = pods
        .map(({ name }) => name)
        .sort()
        .reverse();
      const { transport } = smallPages(target.admin);
      const request: KubeTransport['request'] = async (asked, signal) => {
        if (asked.query?.continue !== undefined) await world.finish(last ?? '');
        return transport.request(asked, signal);
      };
      const cluster = clusterThrough({ ...transport, request });
      const { items, resourceVersion } = valueIn(await cluster.listPods(node, signal));
      expect(items.map(({ name }) => name)).toContain(last);
      for await (const event of cluster.watchPods(node, resourceVersion, signal)) {
        if (event.type === 'DELETED') return expect(event.object.name).toBe(last);
      }
      expect.unreachable('the watch ended');
    });
  });
}
