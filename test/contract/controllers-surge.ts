import { describe, expect, it } from 'vitest';
import { type NoSurge, type SurgeTurn, surgeTurn } from '../../shared/lifecycle/surge.ts';
import { mergePatch } from './bench.ts';
import { signal, valueIn } from './cluster-port-world.ts';
import type { Workloads } from './controllers-target.ts';

/** Restarts of a Deployment with one replica under a budget that allows nothing, on a cordoned node. */
export function controllersSurge(stage: { readonly cluster: Workloads }): void {
  describe('a restart of a singleton under a budget that allows nothing', () => {
    const restartedAt = '2026-01-01T00:00:00Z';
    const rolling = (maxSurge: number, maxUnavailable: number) => ({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
    });

    /** The pod before the restart, on the cordoned first node. */
    async function restarted(app: string, spec: object = {}, podSpec: object = {}) {
      const { cluster } = stage;
      const { first, second } = cluster.nodes;
      await cluster.cordon(first, null);
      await cluster.cordon(second, true);
      await cluster.workload('deployments', app, { replicas: 1, ...spec }, podSpec);
      const [old] = await cluster.readyPods(app, 1);
      await cluster.budget(app, { minAvailable: 1 });
      await cluster.budgetStatus(app, { currentHealthy: 1, disruptionsAllowed: 0 });
      await cluster.cordon(second, null);
      await cluster.cordon(first, true);
      const ref = { namespace: cluster.namespace, name: app };
      const { resourceVersion } = valueIn(await cluster.port.getDeployment(ref, signal));
      valueIn(await cluster.port.restartDeployment(ref, { restartedAt, resourceVersion }, signal));
      return old?.metadata.uid ?? '';
    }
    /** What a drain makes of it that did not see the restart itself, with the cluster's own time for now. */
    async function turn(app: string, secondsOn = 0): Promise<SurgeTurn['do'] | NoSurge> {
      const { cluster } = stage;
      const deployment = valueIn(await cluster.port.getDeployment({ namespace: cluster.namespace, name: app }, signal));
      const ready = { here: 1, elsewhere: 0 };
      const facts = { ready, accessModes: [], restartedAt, sentAt: undefined };
      const now = (deployment.progressedAt ?? 0) + secondsOn * 1_000;
      const found = surgeTurn(deployment, facts, now);
      return found.do === 'evict' ? found.code : found.do;
    }

    /** What becomes of the old pod and of the new one, and stays so for a while. */
    async function settlesAs(app: string, oldUid: string, expected: { old?: string; fresh?: string }) {
      const { cluster } = stage;
      const look = async () => {
        const pods = await cluster.podsOf(app);
        const old = pods.find(({ metadata }) => metadata.uid === oldUid);
        const fresh = pods.find(({ metadata }) => metadata.uid !== oldUid);
        expect({
          ...(old && { old: old.metadata.deletionTimestamp ? 'terminating' : 'running' }),
          ...(fresh && { fresh: fresh.spec.nodeName === cluster.nodes.second ? 'second' : 'pending' }),
        }).toEqual(expected);
      };
      await cluster.eventually(look);
      await cluster.wait(1_500);
      await look();
      await cluster.cordon(cluster.nodes.first, null);
    }

    const replaced = (app: string, old: string) =>
      stage.cluster.eventually(async () => {
        const [pod] = await stage.cluster.readyPods(app, 1);
        expect(pod?.metadata.uid).not.toBe(old);
        return pod?.metadata.uid ?? '';
      });

    it('with the defaults starts the new pod elsewhere and then removes the old one', async () => {
      const old = await restarted('defaults');
      await replaced('defaults', old);
      await settlesAs('defaults', old, { fresh: 'second' });
      expect(await turn('defaults')).toBe('surged');
    });

    it('keeps the old one while the new one is not Available yet', async () => {
      const old = await restarted('patient', { minReadySeconds: 300 });
      await settlesAs('patient', old, { old: 'running', fresh: 'second' });
      expect([await turn('patient', 119), await turn('patient', 120)]).toEqual(['wait', 'stalled']);
    });

    it('keeps the old one while the new one cannot be placed', async () => {
      const { cluster } = stage;
      const nowhere = `nowhere-${cluster.id}`;
      const podSpec = { nodeSelector: { 'kubernetes.io/hostname': nowhere } };
      const label = (hostname: string | null) =>
        cluster.send({
          method: 'PATCH',
          path: `${cluster.paths.nodes}/${cluster.nodes.first}`,
          contentType: mergePatch,
          body: { metadata: { labels: { 'kubernetes.io/hostname': hostname } } },
        });
      await label(nowhere);
      const old = await restarted('pinned', {}, podSpec);
      await settlesAs('pinned', old, { old: 'running', fresh: 'pending' });
      expect([await turn('pinned', 119), await turn('pinned', 120)]).toEqual(['wait', 'stalled']);
      await label(null);
    });

    it('does nothing while the Deployment is paused', async () => {
      const current = await replaced('paused', await restarted('paused'));
      const path = stage.cluster.apps('deployments', 'paused');
      await stage.cluster.send({ method: 'PATCH', path, contentType: mergePatch, body: { spec: { paused: true } } });
      const body = { spec: { template: { metadata: { annotations: { again: 'yes' } } } } };
      await stage.cluster.send({ method: 'PATCH', path, contentType: mergePatch, body });
      await settlesAs('paused', current, { old: 'running' });
      expect(await turn('paused')).toBe('paused');
    });

    it.each([
      ['Recreate', { strategy: { type: 'Recreate' } }, { old: 'terminating' }],
      ['maxSurge 0', rolling(0, 1), { old: 'terminating', fresh: 'second' }],
    ])('takes the old one down at once, past the budget, with %s', async (title, spec, expected) => {
      const app = title.toLowerCase().replace(' ', '-');
      const annotations = { 'sandbox/stop-after': '90s' };
      const template = { ...stage.cluster.template(app), metadata: { labels: { app }, annotations } };
      const old = await restarted(app, { ...spec, template });
      await settlesAs(app, old, expected);
      expect(await turn(app)).toBe(title === 'Recreate' ? 'recreate' : 'takes-down-first');
    });
  });
}
