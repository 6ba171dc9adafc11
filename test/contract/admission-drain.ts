import { describe, expect, it } from 'vitest';
import { deadlineAnnotation, drainAnnotation, markPatch, stopAnnotation } from '../../shared/lifecycle/mark.ts';
import { type AdmissionWorld, claim, outLabel, theirTaint, undo } from './admission-world.ts';
import { mergePatch } from './bench.ts';
import { signal, valueIn } from './cluster-port-world.ts';

type Stage = { readonly world: AdmissionWorld };

/** Every patch of a Node that shared/drain sends, on a node on which others have written. */
export function drainAllowed(stage: Stage): void {
  describe('a drain', () => {
    it('may mark a node, renew its mark, note in it what it does, and undo all of it', async () => {
      const { node, drainer, read } = stage.world;
      const found = await node();
      const first = await read(found.name);
      let { patch } = markPatch(found, claim);
      const marked = valueIn(await drainer.patchNode(found.name, patch, signal));
      expect(marked).toMatchObject({ unschedulable: true, labels: { [outLabel]: 'true' } });
      patch = markPatch(marked, { ...claim, execution: 'later' }).patch;
      const { resourceVersion, annotations } = valueIn(await drainer.patchNode(found.name, patch, signal));
      const ended = JSON.stringify({ ...JSON.parse(annotations[drainAnnotation] ?? ''), ended: 'deadline' });
      valueIn(await drainer.patchNode(found.name, { metadata: { resourceVersion, annotations: noted } }, signal));
      const end = { metadata: { annotations: { [drainAnnotation]: ended } } };
      const last = valueIn(await drainer.patchNode(found.name, end, signal));
      await undo(drainer, last);
      const { metadata, spec } = await read(found.name);
      const {
        managedFields: _,
        resourceVersion: __,
        ...kept
      } = metadata as typeof metadata & { managedFields: object };
      expect(first.metadata).toMatchObject(kept);
      expect(spec).toEqual(first.spec);
    });

    it('may do so on a node without labels, annotations or taints', async () => {
      const { node, drainer, look, send, paths } = stage.world;
      const { name } = await node({ untouched: true });
      await send({ method: 'PATCH', path: `${paths.nodes}/${name}`, contentType: mergePatch, body: { spec: null } });
      const found = await look(name);
      valueIn(await drainer.patchNode(found.name, markPatch(found, claim).patch, signal));
      await undo(drainer, await look(found.name));
      expect(await look(found.name)).toMatchObject({ unschedulable: false, labels: {}, annotations: {} });
    });

    it('may cordon a node that keeps its place in the load balancers, and undo that', async () => {
      const { node, drainer } = stage.world;
      const marked = await node({ mark: 'cordon-only' });
      expect(marked.labels).not.toHaveProperty(outLabel);
      expect(await undo(drainer, marked)).toMatchObject({ unschedulable: false });
    });

    it('leaves a cordon, a label and a stop of others where it finds them', async () => {
      const { node, drainer } = stage.world;
      const metadata = { labels: { [outLabel]: '' }, annotations: { [stopAnnotation]: 'wait' } };
      const marked = await node({ metadata, spec: { unschedulable: true }, mark: 'label' });
      expect(marked.labels[outLabel]).toBe('');
      const undone = await undo(drainer, marked);
      expect(undone).toMatchObject({ unschedulable: true, labels: { [outLabel]: '' }, annotations: {} });
    });

    it('may evict and delete a pod by its uid, with a second at least', async () => {
      const { pod, drainer, namespace } = stage.world;
      for (const _ of [1, 2]) {
        const { metadata } = await pod();
        const ref = { namespace, name: metadata.name, uid: metadata.uid };
        valueIn(await drainer.evictPod(ref, { dryRun: true }, signal));
        valueIn(await drainer.evictPod(ref, { graceSeconds: 5 }, signal));
        valueIn(await drainer.deletePod(ref, { graceSeconds: 1 }, signal));
      }
    });
  });
}

const metadataOnly = "of a Node's metadata a drain changes labels and annotations only";
const labelOnly = `of a Node's labels a drain changes ${outLabel} only`;
const balancers =
  'a drain takes a Node out of its load balancers where it marks it, and back where it takes the mark away';
const annotationsOnly = "of a Node's annotations a drain changes those of eks-node-lifecycle.io/ only";
const unschedulableOnly = "of a Node's spec a drain changes unschedulable only";
const cordons = 'a drain cordons a Node where it marks it, and takes back the cordon where it takes the mark away';
const nodesOnly = 'a drain changes Nodes that are there, and none of their subresources';
const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'y' };
const noted = { [deadlineAnnotation]: claim.endsAt };
const unmark = { [drainAnnotation]: null };

/** A merge patch of a marked node, and the words that refuse it. */
const refused: [string, object, string][] = [
  ['a label added', { metadata: { labels: { 'example.com/new': 'x' } } }, labelOnly],
  ['a label changed', { metadata: { labels: { 'example.com/team': 'z' } } }, labelOnly],
  ['a label removed', { metadata: { labels: { 'example.com/team': null } } }, labelOnly],
  ['all labels removed', { metadata: { labels: null } }, labelOnly],
  ['our label with another value', { metadata: { labels: { [outLabel]: 'false' } } }, balancers],
  ['our label removed without the mark', { metadata: { labels: { [outLabel]: null } } }, balancers],
  ['an annotation added', { metadata: { annotations: { 'example.com/new': 'x' } } }, annotationsOnly],
  ['an annotation changed', { metadata: { annotations: { 'example.com/note': 'z' } } }, annotationsOnly],
  ['an annotation removed', { metadata: { annotations: { 'example.com/note': null } } }, annotationsOnly],
  [
    'an annotation added that looks like ours',
    { metadata: { annotations: { 'eks-node-lifecycle.io.x/a': '' } } },
    annotationsOnly,
  ],
  [
    'an annotation removed that looks like ours',
    { metadata: { annotations: { 'eks-node-lifecycle.io.example.com/note': null } } },
    annotationsOnly,
  ],
  ['a finalizer added', { metadata: { finalizers: ['example.com/keep', 'example.com/more'] } }, metadataOnly],
  ['the finalizers removed', { metadata: { finalizers: null } }, metadataOnly],
  ['an owner', { metadata: { ownerReferences: [owner] } }, metadataOnly],
  ['a taint added', { spec: { taints: [theirTaint, { key: 'new', effect: 'NoSchedule' }] } }, unschedulableOnly],
  ['a taint removed', { spec: { taints: [theirTaint] } }, unschedulableOnly],
  ['all taints removed', { spec: { taints: null } }, unschedulableOnly],
  ['a provider ID', { spec: { providerID: 'aws:///us-east-1a/i-1' } }, unschedulableOnly],
  ['pod addresses', { spec: { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] } }, unschedulableOnly],
  ['the cordon taken back without the mark', { spec: { unschedulable: null } }, cordons],
  [
    'a mark renewed in a patch that does more',
    { metadata: { annotations: { [drainAnnotation]: '{}', 'example.com/new': 'x' } } },
    annotationsOnly,
  ],
];

/** On a node without a mark. */
const unmarked: typeof refused = [
  ['a cordon without a mark', { spec: { unschedulable: true } }, cordons],
  ['our label without a mark', { metadata: { labels: { [outLabel]: 'true' } } }, balancers],
  [
    'our label with another value, marked',
    { metadata: { labels: { [outLabel]: '' }, annotations: { [drainAnnotation]: '{}' } } },
    balancers,
  ],
];

/** What only a server that evaluates the policies shows. */
export function drainRefused(stage: Stage): void {
  describe('a drain that may update, create and delete nodes is refused', () => {
    it.each(refused)('%s', async (_what, body, words) => {
      const { node, expectRefused, drain } = stage.world;
      const { name } = await node({ mark: 'label' });
      await expectRefused(drain, name, { body }, words);
    });

    it.each(unmarked)('%s', async (_what, body, words) => {
      const { node, expectRefused, drain } = stage.world;
      await expectRefused(drain, (await node()).name, { body }, words);
    });

    it('the label of another taken away with the mark', async () => {
      const { node, expectRefused, drain } = stage.world;
      const { name } = await node({ metadata: { labels: { [outLabel]: 'false' } }, mark: 'label' });
      const body = { metadata: { labels: { [outLabel]: null }, annotations: unmark } };
      await expectRefused(drain, name, { body }, balancers);
    });

    it('the cordon and the label of others taken back where there is no mark', async () => {
      const { node, expectRefused, drain } = stage.world;
      const { name } = await node({ metadata: { labels: { [outLabel]: 'true' } }, spec: { unschedulable: true } });
      await expectRefused(drain, name, { body: { spec: { unschedulable: null } } }, cordons);
      await expectRefused(drain, name, { body: { metadata: { labels: null } } }, balancers);
    });

    it('the same by PUT, which may do what a patch may', async () => {
      const { node, expectRefused, drain, read, ask, paths } = stage.world;
      const { name } = await node({ mark: 'label' });
      const { metadata, spec, ...rest } = await read(name);
      const body = { ...rest, metadata, spec: { ...spec, taints: [] } };
      await expectRefused(drain, name, { method: 'PUT', contentType: 'application/json', body }, unschedulableOnly);
      const {
        resourceVersion: _,
        managedFields: __,
        ...rewritten
      } = metadata as typeof metadata & { managedFields?: object };
      const ours = { ...rest, metadata: { ...rewritten, annotations: { ...metadata.annotations, ...noted } }, spec };
      const path = `${paths.nodes}/${name}`;
      expect((await ask({ method: 'PUT', path, body: ours }, drain)).status).toBe(200);
    });

    it('the status of a node, its end, and a new one', async () => {
      const { node, expectRefused, drain, ask, paths, id } = stage.world;
      const { name } = await node({ mark: 'label' });
      const path = `${paths.nodes}/${name}`;
      const body = { metadata: { labels: { 'example.com/new': 'x' } } };
      await expectRefused(drain, name, { path: `${path}/status`, body }, nodesOnly);
      await expectRefused(drain, name, { method: 'DELETE', contentType: undefined }, nodesOnly);
      const { status } = await ask(
        { method: 'POST', path: paths.nodes, body: { metadata: { name: `new-${id}` } } },
        drain,
      );
      expect(status).toBe(403);
    });

    it.each([
      ['without its uid', {}, 'a drain evicts and deletes a pod by its uid'],
      ['at once', { gracePeriodSeconds: 0 }, 'a drain leaves every pod a second at least'],
    ])('to evict or delete a pod %s', async (_how, options, words) => {
      const { pod, ask, drain, paths } = stage.world;
      const { name, uid } = (await pod()).metadata;
      const deleteOptions = { ...options, ...('gracePeriodSeconds' in options && { preconditions: { uid } }) };
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, deleteOptions };
      const answers = [
        await ask({ method: 'POST', path: paths.eviction(name), body: eviction }, drain),
        await ask({ method: 'DELETE', path: paths.pods(name), body: deleteOptions }, drain),
      ];
      for (const { status, body } of answers) {
        expect(status).toBe(403);
        expect((body as { message: string }).message).toContain(words);
      }
    });
  });
}
