import { describe, expect, it } from 'vitest';
import type { WatchEvent } from '../../shared/cluster-port.ts';
import type { Stage } from './cluster-port.ts';
import { signal, valueIn } from './cluster-port-world.ts';

export function clusterPortWatches(stage: Stage): void {
  describe('watches', () => {
    it('tell of a pod of the node from its arrival to its end, and of no other node', async () => {
      const { cluster, world } = stage;
      const { resourceVersion } = valueIn(await cluster.listPods(world.nodes.first, signal));
      await world.pod({ node: world.nodes.second });
      const pod = await world.pod({ node: world.nodes.first });
      valueIn(await cluster.evictPod(pod, { graceSeconds: 30 }, signal));
      await world.finish(pod.name);

      const seen = await untilDeleted(cluster.watchPods(world.nodes.first, resourceVersion, signal));
      expect(new Set(seen.map(({ object }) => object.uid))).toEqual(new Set([pod.uid]));
      expect(seen[0]?.type).toBe('ADDED');
      expect(seen.at(-1)?.type).toBe('DELETED');
      const terminating = seen.filter(({ type, object }) => type === 'MODIFIED' && object.deletionAt !== undefined);
      expect(terminating[0]?.object.deletionGraceSeconds).toBe(30);
      expect(seen.every((event) => event.resourceVersion !== '')).toBe(true);
    });

    it('tell of a budget', async () => {
      const { cluster, world } = stage;
      const { resourceVersion } = valueIn(await cluster.listBudgets(signal));
      await world.exhaustedBudget('watched');
      for await (const event of cluster.watchBudgets(resourceVersion, signal)) {
        if (event.type !== 'ADDED' || event.object.namespace !== world.namespace) continue;
        expect(event.object.name).toBe('watched');
        break;
      }
    });

    it("end with the caller's own reason when it aborts", async () => {
      const { cluster, world } = stage;
      const { resourceVersion } = valueIn(await cluster.listPods(world.nodes.second, signal));
      const tick = new AbortController();
      const events = cluster.watchPods(world.nodes.second, resourceVersion, tick.signal)[Symbol.asyncIterator]();
      const next = events.next();
      tick.abort(new Error('the tick is over'));
      await expect(next).rejects.toThrow('the tick is over');
    });
  });
}

async function untilDeleted<T>(events: AsyncIterable<WatchEvent<T>>) {
  const seen: Extract<WatchEvent<T>, { object: T }>[] = [];
  for await (const event of events) {
    if (!('object' in event)) continue;
    seen.push(event);
    if (event.type === 'DELETED') break;
  }
  return seen;
}
