import { describe, expect, it, vi } from 'vitest';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { WatchEvent } from '../../shared/cluster-port.ts';
import { follow } from '../../shared/drain/follow.ts';
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

    it('end as expired when the resourceVersion is too old', async () => {
      const { target, clusterThrough } = stage;
      const { path, resourceVersion } = await target.tooOld();
      const cluster = clusterThrough(watchingFirst(path, target.admin));
      const events = [];
      for await (const event of cluster.watchBudgets(resourceVersion, signal)) events.push(event);
      expect(events).toEqual([{ type: 'expired' }]);
    });

    it('that expired are gone on with from a new list: no pod is missed', async () => {
      const { target, world, clusterThrough } = stage;
      const node = `followed-${world.id}`;
      const { path, resourceVersion } = await target.tooOld();
      const cluster = clusterThrough(watchingFirst(path, target.admin));
      const early = await world.pod({ node });
      let lists = 0;
      const followed = await follow(
        {
          list: (signal) => {
            lists += 1;
            return cluster.listPods(node, signal);
          },
          watch: (from, signal) => cluster.watchPods(node, lists === 1 ? resourceVersion : from, signal),
          key: ({ uid }) => uid,
          onChange: () => {},
        },
        { clock: realClock, random: () => 0 },
        signal,
      );
      const uids = () => followed.items().map(({ uid }) => uid);
      expect(uids()).toEqual([early.uid]);
      const between = await world.pod({ node });
      await vi.waitFor(() => expect(uids()).toEqual([early.uid, between.uid]), 30_000);
      expect(lists).toBe(2);
      const late = await world.pod({ node });
      await vi.waitFor(() => expect(uids()).toContain(late.uid), 30_000);
      expect(lists).toBe(2);
      await followed.close();
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

/** The first watch is one of another collection, without selectors; the others are as they are asked for. */
function watchingFirst(path: string, transport: KubeTransport): KubeTransport {
  let first = true;
  return {
    ...transport,
    watch: (request, signal) => {
      if (!first) return transport.watch(request, signal);
      first = false;
      const { fieldSelector: _, ...query } = request.query ?? {};
      return transport.watch({ path, query }, signal);
    },
  };
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
