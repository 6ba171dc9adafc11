import { describe, expect, it } from 'vitest';
import { kubePath } from '../../shared/adapters/kube-wire.ts';
import type { WatchEvent } from '../../shared/cluster-port.ts';
import type { NodeView } from '../../shared/lifecycle/node.ts';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

const nodes = kubePath('api', 'v1', 'nodes');
const configMaps = kubePath('api', 'v1', 'namespaces', 'kube-system', 'configmaps');

/** What a launch needs of a cluster, with its rights and no others. */
export function clusterPortLaunches(stage: Stage): void {
  const create = (path: string, body: object) => stage.world.send({ method: 'POST', path, body });
  const remove = (path: string) => stage.world.send({ method: 'DELETE', path });

  describe('a node that is waited for', () => {
    it('is told of by its name alone, from its arrival to its end', async () => {
      const { launcher, world } = stage;
      const name = `coming-${world.id}`;
      const none = valueIn(await launcher.listNode(name, signal));
      expect(none.items).toEqual([]);
      await world.node('other', { providerID: 'aws:///us-west-2a/i-0other' });
      await create(nodes, { metadata: { name }, spec: { providerID: 'aws:///us-west-2a/i-0coming' } });
      const conditions = [
        { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'cni plugin not initialized' },
      ];
      await world.setStatus(`${nodes}/${name}`, { conditions });
      expect(valueIn(await launcher.listNode(name, signal)).items.map((node) => node.name)).toEqual([name]);
      await remove(`${nodes}/${name}`);

      const seen = await untilDeleted(launcher.watchNode(name, none.resourceVersion, signal));
      expect(new Set(seen.map(({ object }) => object.name))).toEqual(new Set([name]));
      expect(seen[0]).toMatchObject({
        type: 'ADDED',
        object: { providerId: 'aws:///us-west-2a/i-0coming', ready: 'Unknown' },
      });
      expect(seen.some(({ object }) => object.readyMessage === 'cni plugin not initialized')).toBe(true);
      expect(seen.at(-1)?.type).toBe('DELETED');
    });
  });

  describe('taints', () => {
    it('are replaced as a list: one is taken away, one comes, and the others stay as they are', async () => {
      const { launcher, world } = stage;
      const added = '2026-01-01T00:00:00Z';
      const theirs = { key: 'example.com/theirs', effect: 'NoExecute', value: 'x', timeAdded: added };
      const ours = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };
      const { metadata } = await world.node('tainted', { taints: [ours, theirs] });
      const before = valueIn(await launcher.getNode(metadata.name, signal));
      // A real server gives every new node the taint node.kubernetes.io/not-ready.
      expect(before.taints).toEqual(expect.arrayContaining([ours, theirs]));
      const kept = before.taints.filter(({ key }) => key !== ours.key);
      const wanted = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
      const patch = {
        metadata: { resourceVersion: before.resourceVersion, labels: { 'example.com/pool': 'gpu' } },
        spec: { unschedulable: null, taints: [...kept, wanted] },
      };
      const after = valueIn(await launcher.patchNode(before.name, patch, signal));
      expect(new Set(after.taints)).toEqual(new Set([...kept, wanted]));
      expect(after.labels).toMatchObject({ 'example.com/pool': 'gpu' });
      expect(failureIn(await launcher.patchNode(before.name, patch, signal))).toMatchObject({ code: 409 });
    });

    it('that are no taints are refused, and nothing of the patch is done', async () => {
      const { launcher, world } = stage;
      const { metadata } = await world.node('strict');
      const taints = [{ key: 'not a key', effect: 'Sometimes' }];
      const patch = { metadata: { labels: { 'example.com/pool': 'gpu' } }, spec: { taints } };
      expect(failureIn(await launcher.patchNode(metadata.name, patch, signal))).toMatchObject({ code: 422 });
      const bad = { metadata: { labels: { 'example.com/pool': 'not a value' } } };
      expect(failureIn(await launcher.patchNode(metadata.name, bad, signal))).toMatchObject({ code: 422 });
      expect(valueIn(await launcher.getNode(metadata.name, signal)).labels).not.toHaveProperty('example.com/pool');
    });
  });

  describe('a required DaemonSet', () => {
    it('says where its pods go: selector, affinity and tolerations', async () => {
      const { launcher, world } = stage;
      const path = kubePath('apis', 'apps', 'v1', 'namespaces', world.namespace, 'daemonsets');
      const linux = { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] };
      const required = { nodeSelectorTerms: [{ matchExpressions: [linux] }] };
      const spec = {
        nodeSelector: { 'example.org/none': 'true' },
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
        tolerations: [{ operator: 'Exists' }],
        containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
      };
      const labels = { app: 'placed' };
      const template = { metadata: { labels }, spec };
      await create(path, { metadata: { name: 'placed' }, spec: { selector: { matchLabels: labels }, template } });
      expect(valueIn(await launcher.getDaemonSet(world.namespace, 'placed', signal))).toMatchObject({
        nodeSelector: { 'example.org/none': 'true' },
        nodeTerms: [{ labels: [linux], names: [] }],
        tolerations: [{ operator: 'Exists' }],
      });
    });

    it('has pods that say what a container waits for', async () => {
      const { launcher, world } = stage;
      const node = `waiting-${world.id}`;
      const pending = await world.pod({ node, phase: 'Pending' });
      const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' };
      const main = { name: 'main', image: 'x', imageID: '', ready: false, restartCount: 0, state: { waiting } };
      await world.setStatus(world.paths.pods(pending.name), { phase: 'Pending', containerStatuses: [main] });
      const [pod] = valueIn(await launcher.listPods(node, signal)).items;
      expect(pod?.waiting).toEqual({ container: 'main', ...waiting });
    });
  });

  describe('aws-auth', () => {
    it('is read for the roles that it maps, and is a 404 where there is none', async () => {
      const { launcher } = stage;
      expect(failureIn(await launcher.listMappedRoles(signal))).toMatchObject({ code: 404 });
      const mapRoles = '- rolearn: arn:aws:iam::123456789012:role/nodes\n  groups:\n  - system:nodes\n';
      await create(configMaps, { metadata: { name: 'aws-auth' }, data: { mapRoles } });
      expect(valueIn(await launcher.listMappedRoles(signal))).toEqual(['arn:aws:iam::123456789012:role/nodes']);
      expect(failureIn(await stage.cluster.listMappedRoles(signal))).toMatchObject({ code: 403 });
      const other = { verb: 'get', group: '', resource: 'configmaps', namespace: 'kube-system' };
      expect(valueIn(await launcher.mayI(other, signal))).toBe(false);
      await remove(`${configMaps}/aws-auth`);
    });
  });

  it('a launch may neither evict nor delete a pod, and a drain may not watch nodes', async () => {
    const { launcher, cluster, world } = stage;
    const pod = await world.pod();
    expect(failureIn(await launcher.evictPod(pod, {}, signal))).toMatchObject({ code: 403 });
    expect(failureIn(await launcher.deletePod(pod, { graceSeconds: 5 }, signal))).toMatchObject({ code: 403 });
    for await (const event of cluster.watchNode(world.nodes.first, '1', signal)) {
      expect(event).toMatchObject({ type: 'closed', reason: expect.stringContaining('cannot watch resource "nodes"') });
    }
  });
}

async function untilDeleted(events: AsyncIterable<WatchEvent<NodeView>>) {
  const seen: Extract<WatchEvent<NodeView>, { object: NodeView }>[] = [];
  for await (const event of events) {
    if (!('object' in event)) continue;
    seen.push(event);
    if (event.type === 'DELETED') break;
  }
  return seen;
}
