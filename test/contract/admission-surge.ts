import { describe, expect, it } from 'vitest';
import type { KubeRequest } from '../../shared/adapters/kube-transport.ts';
import { restartedAtAnnotation } from '../../shared/lifecycle/deployment.ts';
import type { AdmissionWorld } from './admission-world.ts';
import { mergePatch, type StoredObject } from './bench.ts';
import { signal, valueIn } from './cluster-port-world.ts';

type Stage = { readonly world: AdmissionWorld };

const restartedAt = '2026-03-01T08:00:00.000Z';
const others = { 'example.com/note': 'y', [`${restartedAtAnnotation}-too`]: 'z' };
const rootOf = ({ namespace }: AdmissionWorld) => `/apis/apps/v1/namespaces/${namespace}/deployments`;
let made = 0;

/** On which others have written; `bare`: nobody has. */
async function deployment(world: AdmissionWorld, bare = false): Promise<StoredObject> {
  made += 1;
  const name = `web-${made}`;
  const labels = { app: name };
  const written = bare ? {} : { annotations: others };
  const template = {
    metadata: { labels, ...written },
    spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10', env: [{ name: 'a', value: 'b' }] }] },
  };
  const metadata = { name, ...(bare ? {} : { labels, annotations: others, finalizers: ['example.com/keep'] }) };
  const spec = { selector: { matchLabels: labels }, template, ...(bare ? {} : { minReadySeconds: 5 }) };
  return world.send({ method: 'POST', path: rootOf(world), body: { metadata, spec } });
}

/** The one patch that a surge sends. */
export function surgeAllowed(stage: Stage): void {
  it.each([true, false])('a drain may restart a Deployment, again too (bare: %s)', async (bare) => {
    const { world } = stage;
    const { namespace, drainer } = world;
    const { metadata, spec } = await deployment(world, bare);
    const ref = { namespace, name: metadata.name };
    for (const at of [restartedAt, '2026-03-02T08:00:00.000Z']) {
      const { resourceVersion } = valueIn(await drainer.getDeployment(ref, signal));
      const done = await drainer.restartDeployment(ref, { restartedAt: at, resourceVersion }, signal);
      expect(valueIn(done).restartedAt).toBe(at);
    }
    const path = `${rootOf(world)}/${metadata.name}`;
    const after = await world.send({ method: 'GET', path });
    const [was, is] = [spec.template, after.spec.template] as Record<string, unknown>[];
    expect({ ...after.spec, template: is?.spec }).toEqual({ ...spec, template: was?.spec });
    await world.send({ method: 'PATCH', path, contentType: mergePatch, body: { metadata: { finalizers: null } } });
  });
}

const metadataOnly = "of a Deployment's metadata a drain changes nothing";
const templateOnly = "of a Deployment's spec a drain changes its pod template only";
const podMetaOnly = 'of a pod template a drain changes its metadata only';
const annotationsOnly = "of a pod template's metadata a drain changes its annotations only";
const restartOnly = `of a pod template's annotations a drain sets ${restartedAtAnnotation} only`;
const deploymentsOnly = 'a drain changes Deployments that are there, and none of their subresources';
const ofPods = (metadata: object) => ({ spec: { template: { metadata } } });

/** A merge patch of a Deployment, and the words that refuse it. */
const refused: [string, object, string][] = [
  ['a label', { metadata: { labels: { new: 'x' } } }, metadataOnly],
  ['an annotation', { metadata: { annotations: { [restartedAtAnnotation]: restartedAt } } }, metadataOnly],
  ['the finalizers', { metadata: { finalizers: null } }, metadataOnly],
  ['the replicas', { spec: { replicas: 0 } }, templateOnly],
  ['the strategy', { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } }, templateOnly],
  ['a pause', { spec: { paused: true } }, templateOnly],
  ['a field taken away', { spec: { minReadySeconds: null } }, templateOnly],
  ['an image', { spec: { template: { spec: { containers: [{ name: 'main', image: 'evil' }] } } } }, podMetaOnly],
  ['a service account', { spec: { template: { spec: { serviceAccountName: 'admin' } } } }, podMetaOnly],
  ['a label of the pods', ofPods({ labels: { new: 'x' } }), annotationsOnly],
  ['finalizers of the pods', ofPods({ finalizers: ['example.com/keep'] }), annotationsOnly],
  ['an annotation of the pods', ofPods({ annotations: { new: 'x' } }), restartOnly],
  ['an annotation of the pods changed', ofPods({ annotations: { 'example.com/note': 'x' } }), restartOnly],
  ['an annotation of the pods removed', ofPods({ annotations: { 'example.com/note': null } }), restartOnly],
  [
    'an annotation that looks like that of a restart',
    ofPods({ annotations: { [`${restartedAtAnnotation}-too`]: restartedAt } }),
    restartOnly,
  ],
  ['all annotations of the pods', ofPods({ annotations: null }), restartOnly],
  [
    'a restart that does more',
    { spec: { replicas: 2, template: { metadata: { annotations: { [restartedAtAnnotation]: restartedAt } } } } },
    templateOnly,
  ],
];

/** What only a server that evaluates the policies shows. */
export function surgeRefused(stage: Stage): void {
  describe('a drain that may do everything to Deployments is refused', () => {
    async function expectRefused(name: string, request: object, words: string): Promise<void> {
      const { world } = stage;
      const path = `${rootOf(world)}/${name}`;
      const before = await world.send({ method: 'GET', path });
      const asked = { method: 'PATCH', path, contentType: mergePatch, ...request } as KubeRequest;
      const { status, body } = await world.ask(asked, world.drain);
      const { reason, message } = body as { reason: string; message: string };
      expect({ status, reason, words: message.split('denied request: ')[1] }).toEqual({
        ...{ status: 403, reason: 'Forbidden', words },
      });
      expect(await world.send({ method: 'GET', path })).toEqual(before);
      const freed = { metadata: { finalizers: null } };
      await world.send({ method: 'PATCH', path, contentType: mergePatch, body: freed });
    }

    it.each(refused)('%s', async (_what, body, words) => {
      const { metadata } = await deployment(stage.world);
      await expectRefused(metadata.name, { body }, words);
    });

    it('the annotation of a restart taken away', async () => {
      const { world } = stage;
      const { metadata } = await deployment(world);
      const path = `${rootOf(world)}/${metadata.name}`;
      const annotate = (at: string | null) => ofPods({ annotations: { [restartedAtAnnotation]: at } });
      await world.send({ method: 'PATCH', path, contentType: mergePatch, body: annotate(restartedAt) });
      await expectRefused(metadata.name, { body: annotate(null) }, restartOnly);
    });

    it('its scale, its status, its end, and a new one', async () => {
      const { world } = stage;
      const { metadata, spec } = await deployment(world);
      const path = `${rootOf(world)}/${metadata.name}`;
      await expectRefused(
        metadata.name,
        { path: `${path}/status`, body: { status: { replicas: 7 } } },
        deploymentsOnly,
      );
      await expectRefused(metadata.name, { method: 'DELETE', contentType: undefined }, deploymentsOnly);
      const scaled = await world.ask(
        { method: 'PATCH', path: `${path}/scale`, contentType: mergePatch, body: { spec: { replicas: 3 } } },
        world.drain,
      );
      expect(scaled.status).toBe(403);
      const body = { metadata: { name: `new-${metadata.name}` }, spec };
      expect((await world.ask({ method: 'POST', path: rootOf(world), body }, world.drain)).status).toBe(403);
    });
  });
}
