import { describe, expect, it } from 'vitest';
import { drainAnnotation } from '../../shared/lifecycle/mark.ts';
import {
  type AdmissionWorld,
  launchPatchFor,
  outLabel,
  startUpTaint,
  theirAnnotations,
  theirTaint,
} from './admission-world.ts';
import { mergePatch } from './bench.ts';
import { signal, valueIn } from './cluster-port-world.ts';

type Stage = { readonly world: AdmissionWorld };

const dedicated = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
const labels = { pool: 'gpu', 'node-role.kubernetes.io/gpu': '', 'example.com/team': 'other' };

/** Whose label or taint it is says launch-template.ts; the policies are to draw the same line. */
const labelKeys = [
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'kubernetes.io/hostname-too',
  'node-role.kubernetes.io/worker',
  'node-restriction.kubernetes.io/team',
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.kubernetes.io/region',
  'topology.k8s.aws/zone-id',
  'topology.k8s.aws.example.com/zone',
  'topology.ebs.csi.aws.com/zone',
  'k8s.io/cloud-provider-aws',
  'k8s.io/cloud-provider-other',
  'node.kubernetes.io/instance-type',
  'node.kubernetes.io/windows-build',
  'node.kubernetes.io/lifecycle',
  outLabel,
  'xkubernetes.io/os',
];
const taintKeys = [
  startUpTaint.key,
  'eks-node-lifecycle.io/not-ready-too',
  'node.kubernetes.io/unschedulable',
  'node.cloudprovider.kubernetes.io/uninitialized',
  'startup-taint.cluster-autoscaler.kubernetes.io/x',
  'status-taint.cluster-autoscaler.kubernetes.io/x',
  'ignore-taint.cluster-autoscaler.kubernetes.io/x',
  'node-role.kubernetes.io/control-plane',
  'xnode.kubernetes.io/x',
];

/** Every patch of a Node that shared/launch sends, on a node on which others have written. */
export function launchAllowed(stage: Stage): void {
  const send = async (name: string, patch: ReturnType<typeof launchPatchFor>) => {
    if (!patch) throw new Error('nothing to send');
    return valueIn(await stage.world.launcher.patchNode(name, patch, signal));
  };

  describe('a launch', () => {
    it('may set labels and taints of the tags, take the start-up taint away, and undo a mark, in one patch', async () => {
      const found = await stage.world.node({ mark: 'label' });
      const wish = { labels, taints: [dedicated, { ...theirTaint, value: 'z' }], undoMark: true, admitPods: true };
      const after = await send(found.name, launchPatchFor(found, wish));
      expect(after).toMatchObject({ unschedulable: false, labels });
      expect(after.labels).not.toHaveProperty(outLabel);
      expect(after.annotations).toEqual(theirAnnotations);
      const kept = found.taints.filter(({ key }) => key !== startUpTaint.key && key !== theirTaint.key);
      const byKey = (taints: typeof kept) => Object.fromEntries(taints.map((taint) => [taint.key, taint]));
      expect(byKey([...after.taints])).toEqual(byKey([...kept, dedicated, { ...theirTaint, value: 'z' }]));
    });

    it('may do so on a node without labels, annotations or taints but the one', async () => {
      const found = await stage.world.node({ untouched: true });
      expect(await send(found.name, launchPatchFor(found, { admitPods: true }))).toMatchObject({ annotations: {} });
      const { name } = await stage.world.node({ untouched: true });
      const path = `${stage.world.paths.nodes}/${name}`;
      await stage.world.send({ method: 'PATCH', path, contentType: mergePatch, body: { spec: null } });
      const other = await stage.world.look(name);
      expect(await send(other.name, launchPatchFor(other, { labels, taints: [dedicated] }))).toMatchObject({ labels });
    });

    it('may undo the mark of a drain that only cordoned, and may leave the label to a tag that wants it', async () => {
      const one = await stage.world.node({ mark: 'cordon-only' });
      expect(await send(one.name, launchPatchFor(one, { undoMark: true }))).toMatchObject({ unschedulable: false });
      const two = await stage.world.node({ mark: 'label' });
      const stays = launchPatchFor(two, { labels: { [outLabel]: 'yes' }, undoMark: true });
      expect(await send(two.name, stays)).toMatchObject({ unschedulable: false, labels: { [outLabel]: 'yes' } });
    });

    it('may set each label and taint that a tag can wish for', async () => {
      const found = await stage.world.node();
      const wished = Object.fromEntries(labelKeys.map((key) => [key, 'wished']));
      const taints = taintKeys.map((key) => ({ key, value: 'wished', effect: 'NoExecute' }));
      const after = await send(found.name, launchPatchFor(found, { labels: wished, taints }));
      expect(Object.values(after.labels).filter((value) => value === 'wished').length).toBeGreaterThan(5);
    });
  });
}

const words = {
  metadata: "of a Node's metadata a launch changes labels and annotations only",
  owned: 'a launch sets no label that kubelet, cloud provider or CSI driver keep',
  unlabel: 'a launch removes no label but the one of a drain whose mark it takes away',
  annotations: 'a launch sets no annotation of a Node, and removes those of eks-node-lifecycle.io/ only',
  spec: "of a Node's spec a launch changes unschedulable and taints only",
  cordon: 'a launch takes back the cordon of a drain whose mark it takes away, and sets none',
  taint: 'a launch sets no taint that controllers or autoscaler keep, and not the one that it takes away',
  untaint: 'a launch removes no taint but eks-node-lifecycle.io/not-ready',
  nodes: 'a launch changes Nodes that are there, and none of their subresources',
};
const unmark = { [drainAnnotation]: null };

/** A merge patch of a marked node. */
const refused: [string, object, string][] = [
  ['a label removed', { metadata: { labels: { 'example.com/team': null } } }, words.unlabel],
  [
    'a label removed with a mark',
    { metadata: { labels: { 'example.com/team': null }, annotations: unmark } },
    words.unlabel,
  ],
  ['all labels removed', { metadata: { labels: null } }, words.unlabel],
  ['the label of a drain whose mark stays', { metadata: { labels: { [outLabel]: null } } }, words.unlabel],
  ['a label of the kubelet changed', { metadata: { labels: { 'kubernetes.io/hostname': 'z' } } }, words.owned],
  ['an annotation added', { metadata: { annotations: { 'example.com/new': 'x' } } }, words.annotations],
  ['an annotation changed', { metadata: { annotations: { 'example.com/note': 'z' } } }, words.annotations],
  ['an annotation removed', { metadata: { annotations: { 'example.com/note': null } } }, words.annotations],
  [
    'an annotation removed that looks like ours',
    { metadata: { annotations: { 'eks-node-lifecycle.io.example.com/note': null } } },
    words.annotations,
  ],
  ['a mark of its own', { metadata: { annotations: { [drainAnnotation]: '{}' } } }, words.annotations],
  ['a finalizer added', { metadata: { finalizers: ['example.com/keep', 'example.com/more'] } }, words.metadata],
  ['the finalizers removed', { metadata: { finalizers: null } }, words.metadata],
  ['a provider ID', { spec: { providerID: 'aws:///us-east-1a/i-1' } }, words.spec],
  ['pod addresses', { spec: { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] } }, words.spec],
  ['the cordon of a drain whose mark stays', { spec: { unschedulable: null } }, words.cordon],
  ['the taints of others removed', { spec: { taints: null } }, words.untaint],
];

/** What only a server that evaluates the policies shows. */
export function launchRefused(stage: Stage): void {
  describe('a launch that may update, create and delete nodes is refused', () => {
    it.each(refused)('%s', async (_what, body, text) => {
      const { node, expectRefused, launch } = stage.world;
      await expectRefused(launch, (await node({ mark: 'label' })).name, { body }, text);
    });

    it('a cordon', async () => {
      const { node, expectRefused, launch } = stage.world;
      const { name } = await node();
      await expectRefused(launch, name, { body: { spec: { unschedulable: true } } }, words.cordon);
    });

    it('the cordon and the label of others taken back where there is no mark', async () => {
      const { node, expectRefused, launch } = stage.world;
      const { name } = await node({ metadata: { labels: { [outLabel]: 'true' } }, spec: { unschedulable: true } });
      await expectRefused(launch, name, { body: { spec: { unschedulable: null } } }, words.cordon);
      await expectRefused(launch, name, { body: { metadata: { labels: null } } }, words.unlabel);
    });

    it('a label of another taken away with the mark', async () => {
      const { node, expectRefused, launch } = stage.world;
      const { name } = await node({ metadata: { labels: { [outLabel]: 'false' } }, mark: 'label' });
      const body = { metadata: { labels: { [outLabel]: null }, annotations: unmark } };
      await expectRefused(launch, name, { body }, words.unlabel);
    });

    it('each label that no tag can wish for', async () => {
      const { node, expectRefused, launch } = stage.world;
      const found = await node();
      const owned = labelKeys.filter((key) => !launchPatchFor(found, { labels: { [key]: 'wished' } }));
      expect(owned).toHaveLength(11);
      for (const key of owned)
        await expectRefused(launch, found.name, { body: { metadata: { labels: { [key]: 'wished' } } } }, words.owned);
    });

    it('each taint that no tag can wish for', async () => {
      const { node, expectRefused, launch } = stage.world;
      const found = await node();
      const wished = taintKeys.map((key) => ({ key, value: 'wished', effect: 'NoExecute' }));
      const owned = wished.filter((taint) => !launchPatchFor(found, { taints: [taint] }));
      expect(owned).toHaveLength(6);
      for (const taint of owned)
        await expectRefused(launch, found.name, { body: { spec: { taints: [...found.taints, taint] } } }, words.taint);
    });

    it('a taint of others removed, changed in its effect, or one of the controllers changed in its value', async () => {
      const { node, expectRefused, launch } = stage.world;
      const { name, taints } = await node();
      const [others, theirs] = [taints.filter(({ key }) => key !== theirTaint.key), 'example.com/theirs'];
      const moved = [...others, { key: theirs, value: 'x', effect: 'NoExecute' }];
      const changed = taints.map((taint) => (taint.key.startsWith('node.') ? { ...taint, value: 'z' } : taint));
      await expectRefused(launch, name, { body: { spec: { taints: others } } }, words.untaint);
      await expectRefused(launch, name, { body: { spec: { taints: moved } } }, words.untaint);
      await expectRefused(launch, name, { body: { spec: { taints: changed } } }, words.taint);
    });

    it('a taint removed that looks like the one of new nodes', async () => {
      const { node, expectRefused, launch } = stage.world;
      const alike = { ...startUpTaint, key: `${startUpTaint.key}-too` };
      const { name, taints } = await node({ spec: { taints: [startUpTaint, alike] } });
      const body = { spec: { taints: taints.filter(({ key }) => key !== alike.key) } };
      await expectRefused(launch, name, { body }, words.untaint);
    });

    it('the status of a node, its end, and a new one', async () => {
      const { node, expectRefused, launch, ask, paths, id } = stage.world;
      const { name } = await node();
      const status = { path: `${paths.nodes}/${name}/status`, body: { metadata: { labels: { pool: 'x' } } } };
      await expectRefused(launch, name, status, words.nodes);
      await expectRefused(launch, name, { method: 'DELETE', contentType: undefined }, words.nodes);
      const body = { metadata: { name: `new-${id}` } };
      expect((await ask({ method: 'POST', path: paths.nodes, body }, launch)).status).toBe(403);
    });
  });
}
