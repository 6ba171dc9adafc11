import { describe, expect, it } from 'vitest';
import { kubePath } from '../../shared/adapters/kube-wire.ts';
import type { StoredObject } from './bench.ts';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

/** What a surge needs of a cluster, with its rights in one namespace, and what a closer look at a pod tells. */
export function clusterPortSurges(stage: Stage): void {
  const pathOf = (namespace: string, ...name: string[]) =>
    kubePath('apis', 'apps', 'v1', 'namespaces', namespace, 'deployments', ...name);

  async function deploy(name: string, spec: object = {}): Promise<StoredObject> {
    const { world } = stage;
    const labels = { app: name };
    const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }];
    const template = { metadata: { labels }, spec: { containers } };
    const body = { metadata: { name }, spec: { selector: { matchLabels: labels }, template, ...spec } };
    return world.send({ method: 'POST', path: pathOf(world.namespace), body });
  }

  describe('a Deployment', () => {
    it('says how it rolls, with the defaults where it says nothing, and 404 when it is none', async () => {
      const { cluster, world } = stage;
      const { namespace } = world;
      await deploy('plain');
      const { uid, resourceVersion, ...plain } = valueIn(
        await cluster.getDeployment({ namespace, name: 'plain' }, signal),
      );
      expect([uid, resourceVersion]).not.toContain('');
      expect(plain).toEqual({
        ...{ namespace, name: 'plain', generation: 1, leaving: false, paused: false, replicas: 1 },
        ...{ selector: { matchLabels: { app: 'plain' }, matchExpressions: [] }, restartedAt: undefined },
        ...{ strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
        ...{ observedGeneration: 0, currentReplicas: 0, updatedReplicas: 0, progressedAt: undefined },
      });
      await deploy('odd', {
        replicas: 3,
        paused: true,
        strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: '10%' } },
      });
      expect(valueIn(await cluster.getDeployment({ namespace, name: 'odd' }, signal))).toMatchObject({
        ...{ replicas: 3, paused: true, strategy: 'RollingUpdate', maxSurge: 2, maxUnavailable: '10%' },
      });
      await deploy('once', { strategy: { type: 'Recreate' } });
      const once = valueIn(await cluster.getDeployment({ namespace, name: 'once' }, signal));
      expect(once.strategy).toBe('Recreate');
      expect(failureIn(await cluster.getDeployment({ namespace, name: 'none' }, signal)).code).toBe(404);
    });

    it('tells what its controller has seen and when it last got on', async () => {
      const { cluster, world } = stage;
      const { namespace } = world;
      await deploy('seen');
      const at = '2026-01-02T03:04:05Z';
      const progressing = {
        type: 'Progressing',
        lastUpdateTime: at,
        lastTransitionTime: at,
        reason: 'x',
        message: 'y',
      };
      const look = async (status: string) => {
        const conditions = [{ ...progressing, status }];
        const counts = { observedGeneration: 1, replicas: 2, updatedReplicas: 1 };
        await world.setStatus(pathOf(namespace, 'seen'), { ...counts, conditions });
        return valueIn(await cluster.getDeployment({ namespace, name: 'seen' }, signal));
      };
      const told = { observedGeneration: 1, currentReplicas: 2, updatedReplicas: 1 };
      expect(await look('True')).toMatchObject({ ...told, progressedAt: Date.parse(at) });
      expect(await look('False')).toMatchObject({ ...told, progressedAt: undefined });
    });

    it('is restarted by one annotation, once as often as it is asked, and not when it has changed', async () => {
      const { cluster, world } = stage;
      const ref = { namespace: world.namespace, name: 'again' };
      const made = await deploy('again');
      const { resourceVersion } = valueIn(await cluster.getDeployment(ref, signal));
      const restartedAt = '2026-03-01T08:00:00.000Z';
      const done = valueIn(await cluster.restartDeployment(ref, { restartedAt, resourceVersion }, signal));
      expect(done).toMatchObject({ restartedAt, generation: 2 });
      const late = await cluster.restartDeployment(ref, { restartedAt, resourceVersion }, signal);
      expect(failureIn(late)).toMatchObject({ code: 409, reason: 'Conflict' });
      const again = { restartedAt, resourceVersion: done.resourceVersion };
      expect(valueIn(await cluster.restartDeployment(ref, again, signal)).generation).toBe(2);
      const after = await world.send({ method: 'GET', path: pathOf(world.namespace, 'again') });
      const annotations = { 'kubectl.kubernetes.io/restartedAt': restartedAt };
      const template = made.spec.template as { metadata: object };
      expect(after.spec).toEqual({
        ...made.spec,
        template: { ...template, metadata: { ...template.metadata, annotations } },
      });
    });

    it('T57: is read and restarted in the namespaces that are named, and in no other', async () => {
      const { cluster } = stage;
      const ref = { namespace: 'default', name: 'any' };
      const patch = { restartedAt: '2026-03-01T08:00:00.000Z', resourceVersion: '1' };
      expect(failureIn(await cluster.getDeployment(ref, signal))).toMatchObject({ code: 403 });
      const { code, message } = failureIn(await cluster.restartDeployment(ref, patch, signal));
      expect(code).toBe(403);
      expect(message).toContain('cannot patch resource "deployments" in API group "apps" in the namespace "default"');
    });
  });

  it('a pod without a node says why, in the words of the scheduler', async () => {
    const { cluster, world } = stage;
    const { metadata } = await world.send({
      method: 'POST',
      path: world.paths.pods(),
      body: {
        metadata: { name: 'homeless' },
        spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }], nodeSelector: { no: 'where' } },
      },
    });
    const message = '0/3 nodes are available: 1 Insufficient cpu, 2 Too many pods.';
    const scheduled = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
    await world.setStatus(world.paths.pods(metadata.name), { phase: 'Pending', conditions: [scheduled] });
    const pods = valueIn(await cluster.listPodsOfNamespace(world.namespace, signal));
    expect(pods.find(({ name }) => name === 'homeless')).toMatchObject({ phase: 'Pending', unschedulable: message });
    expect(valueIn(await cluster.getPod(await world.pod(), signal))).not.toHaveProperty('unschedulable');
  });
}
