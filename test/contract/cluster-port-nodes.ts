import { describe, expect, it } from 'vitest';
import { mergePatch } from './bench.ts';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

const outOfLoadBalancers = 'node.kubernetes.io/exclude-from-external-load-balancers';

export function clusterPortNodes(stage: Stage): void {
  describe('nodes', () => {
    it('finds the node of an instance and not one whose id only begins with it', async () => {
      const { cluster, world } = stage;
      const found = valueIn(await cluster.findNodes(world.instanceId, signal));
      expect(found.map(({ name }) => name)).toEqual([world.nodes.first]);
      expect(found[0]?.providerId).toBe(`aws:///us-west-2a/${world.instanceId}`);
    });

    it('finds no node for an instance that never joined', async () => {
      expect(valueIn(await stage.cluster.findNodes('i-0000000000000000f', signal))).toEqual([]);
    });

    it('answers 404 for a node that is gone', async () => {
      const failure = failureIn(await stage.cluster.getNode('no-such-node', signal));
      expect(failure).toMatchObject({ code: 404, reason: 'NotFound', detailsKind: 'nodes' });
    });

    it('marks a node with one patch and undoes it with nulls', async () => {
      const { cluster, world } = stage;
      const mark = {
        metadata: { labels: { [outOfLoadBalancers]: 'true' }, annotations: { 'eks-node-lifecycle.io/drain': 'ours' } },
        spec: { unschedulable: true },
      };
      const marked = valueIn(await cluster.patchNode(world.nodes.first, mark, signal));
      expect(marked).toMatchObject({ unschedulable: true, ...mark.metadata });

      const undo = {
        metadata: { labels: { [outOfLoadBalancers]: null }, annotations: { 'eks-node-lifecycle.io/drain': null } },
        spec: { unschedulable: null },
      };
      const undone = valueIn(await cluster.patchNode(world.nodes.first, undo, signal));
      expect(undone.unschedulable).toBe(false);
      expect(undone.labels).not.toHaveProperty(outOfLoadBalancers);
      expect(undone.annotations).not.toHaveProperty('eks-node-lifecycle.io/drain');
      expect(undone.uid).toBe(valueIn(await cluster.getNode(world.nodes.first, signal)).uid);
    });

    it('answers the dry run of a patch with what it would make of the node, and keeps nothing', async () => {
      const { cluster, world } = stage;
      const before = valueIn(await cluster.getNode(world.nodes.first, signal));
      const annotations = { 'eks-node-lifecycle.io/drain': 'dry' };
      const patch = { metadata: { annotations }, spec: { unschedulable: true } };
      const answered = valueIn(await cluster.patchNode(before.name, patch, signal, { dryRun: true }));
      expect(answered).toMatchObject({ unschedulable: true, annotations });
      const after = valueIn(await cluster.getNode(before.name, signal));
      expect(after.annotations).toEqual(before.annotations);
      expect(after.unschedulable).toBe(before.unschedulable);
    });

    it('T111: refuses a patch that carries a stale resourceVersion or the uid of another node', async () => {
      const { cluster, world } = stage;
      const before = valueIn(await cluster.getNode(world.nodes.second, signal));
      const claim = (owner: string) => ({
        metadata: { resourceVersion: before.resourceVersion, annotations: { 'eks-node-lifecycle.io/owner': owner } },
      });
      valueIn(
        await cluster.patchNode(
          before.name,
          { metadata: { annotations: { 'eks-node-lifecycle.io/other': 'x' } } },
          signal,
        ),
      );
      expect(failureIn(await cluster.patchNode(before.name, claim('late'), signal))).toMatchObject({
        code: 409,
        reason: 'Conflict',
      });
      const another = { metadata: { uid: 'other', annotations: { 'eks-node-lifecycle.io/owner': 'other' } } };
      expect(failureIn(await cluster.patchNode(before.name, another, signal))).toMatchObject({
        code: 422,
        reason: 'Invalid',
      });
      const after = valueIn(await cluster.getNode(before.name, signal));
      expect(after.annotations).not.toHaveProperty('eks-node-lifecycle.io/owner');
    });

    it('T111: marks and undoes a node without a word to its taints', async () => {
      const { cluster, world } = stage;
      const path = `${world.paths.nodes}/${world.nodes.second}`;
      const taints = [{ key: 'example.com/theirs', value: 'x', effect: 'NoSchedule' }];
      await world.send({ method: 'PATCH', path, contentType: mergePatch, body: { spec: { taints } } });
      for (const [unschedulable, drain] of [
        [true, 'ours'],
        [null, null],
      ] as const) {
        const patch = { metadata: { annotations: { 'eks-node-lifecycle.io/drain': drain } }, spec: { unschedulable } };
        valueIn(await cluster.patchNode(world.nodes.second, patch, signal));
        expect((await world.send({ method: 'GET', path })).spec.taints).toEqual(taints);
      }
    });

    it('lists as marked only nodes that are cordoned and out of the load balancers', async () => {
      const { cluster, world } = stage;
      const label = {
        metadata: { labels: { [outOfLoadBalancers]: 'true' }, annotations: { 'eks-node-lifecycle.io/drain': 'us' } },
      };
      valueIn(await cluster.patchNode(world.nodes.first, { ...label, spec: { unschedulable: true } }, signal));
      valueIn(await cluster.patchNode(world.nodes.second, label, signal));
      const ours = valueIn(await cluster.listMarkedNodes(signal)).filter(({ name }) => name.endsWith(world.id));
      expect(ours.map(({ name }) => name)).toEqual([world.nodes.first]);
      expect(ours[0]?.annotations).toMatchObject({ 'eks-node-lifecycle.io/drain': 'us' });
    });
  });
}
