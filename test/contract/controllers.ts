import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiServerTarget } from './api-server-target.ts';
import { controllersSurge } from './controllers-surge.ts';
import { createWorkloads, type Workloads } from './controllers-target.ts';

/** What the controllers of a cluster do around a drain; a real control plane with kwok's kubelets says what is right. */
export function controllersContract(name: string, open: () => Promise<ApiServerTarget>): void {
  describe(name, { timeout: 60_000 }, () => {
    let target: ApiServerTarget;
    let cluster: Workloads;

    beforeAll(async () => {
      target = await open();
      cluster = createWorkloads(target);
      await cluster.build();
    });
    afterAll(async () => {
      await cluster.remove();
      await target.close();
    });

    controllersSurge({
      get cluster() {
        return cluster;
      },
    });

    it('a cordon brings its taint, and the taint goes with it', async () => {
      const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
      const { nodes, eventually, readNode, cordon } = cluster;
      await cordon(nodes.first, true);
      await eventually(async () =>
        expect((await readNode(nodes.first)).spec.taints).toEqual([expect.objectContaining(taint)]),
      );
      await cordon(nodes.first, null);
      await eventually(async () => expect((await readNode(nodes.first)).spec).not.toHaveProperty('taints'));
    });

    it('a budget counts by what the Deployment wants, and gets its room back when the replacement is ready', async () => {
      await cluster.workload('deployments', 'web', { replicas: 3 });
      const [pod] = await cluster.readyPods('web', 3);
      await cluster.budget('web', { maxUnavailable: 1 });
      const healthy = { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 };
      await cluster.budgetStatus('web', healthy);
      expect((await cluster.evict(pod?.metadata.name ?? '')).status).toBe(201);
      const after = await cluster.readyPods('web', 3);
      expect(after.map(({ metadata }) => metadata.uid)).not.toContain(pod?.metadata.uid);
      const { conditions, ...status } = await cluster.budgetStatus('web', healthy);
      expect(conditions).toMatchObject([{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }]);
      expect(status).not.toHaveProperty('disruptedPods');
    });

    it('a budget in percent rounds up, and with a number counts the pods that there are', async () => {
      await cluster.workload('deployments', 'scaled', { replicas: 3 });
      await cluster.readyPods('scaled', 3);
      const selector = { matchLabels: { app: 'scaled' } };
      await cluster.budget('half', { minAvailable: '50%', selector });
      await cluster.budget('most', { maxUnavailable: '30%', selector });
      await cluster.budget('two', { minAvailable: 2, selector });
      await cluster.budgetStatus('half', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
      await cluster.budgetStatus('most', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
      await cluster.budgetStatus('two', { expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 });
    });

    it('a budget with maxUnavailable allows nothing for pods without a controller', async () => {
      const naked = { metadata: { name: 'naked', labels: { app: 'naked' } }, spec: cluster.template('naked').spec };
      await cluster.send({ method: 'POST', path: cluster.paths.pods(), body: naked });
      await cluster.readyPods('naked', 1);
      await cluster.budget('naked', { maxUnavailable: 1 });
      await cluster.budgetStatus('naked', {
        expectedPods: 0,
        currentHealthy: 1,
        desiredHealthy: 0,
        disruptionsAllowed: 0,
      });
    });

    it('T71: a StatefulSet pod comes back under its name with another uid', async () => {
      await cluster.workload('statefulsets', 'db', { replicas: 2, serviceName: 'db' });
      const before = await cluster.readyPods('db', 2);
      expect(before.map(({ metadata }) => metadata.name)).toEqual(['db-0', 'db-1']);
      expect((await cluster.evict('db-0')).status).toBe(201);
      await cluster.eventually(async () => {
        const after = await cluster.readyPods('db', 2);
        expect(after.map(({ metadata }) => metadata.name)).toEqual(['db-0', 'db-1']);
        expect(after[0]?.metadata.uid).not.toBe(before[0]?.metadata.uid);
        expect(after[1]?.metadata.uid).toBe(before[1]?.metadata.uid);
      });
    });

    it('a DaemonSet pod comes back to a cordoned node', async () => {
      await cluster.workload('daemonsets', 'agent', {});
      const pods = await cluster.readyPods('agent', 2);
      const { first } = cluster.nodes;
      await cluster.cordon(first, true);
      const evicted = pods.find(({ spec }) => spec.nodeName === first);
      expect((await cluster.evict(evicted?.metadata.name ?? '')).status).toBe(201);
      await cluster.eventually(async () => {
        const again = (await cluster.readyPods('agent', 2)).find(({ spec }) => spec.nodeName === first);
        expect(again?.metadata.uid).not.toBe(evicted?.metadata.uid);
      });
      await cluster.cordon(first, null);
    });

    it('a pod that no node can take says why', async () => {
      for (const name of Object.values(cluster.nodes)) await cluster.cordon(name, true);
      await cluster.workload('deployments', 'homeless', { replicas: 1 });
      await cluster.eventually(async () => {
        const [pod] = await cluster.podsOf('homeless');
        expect(pod?.status.conditions).toContainEqual(
          expect.objectContaining({
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: expect.stringMatching(/^0\/\d+ nodes are available: .*2 node\(s\) were unschedulable/),
          }),
        );
      });
      for (const name of Object.values(cluster.nodes)) await cluster.cordon(name, null);
      await cluster.readyPods('homeless', 1);
    });

    it('a namespace that is deleted takes its pods along, some seconds later', async () => {
      const namespace = `going-${cluster.id}`;
      const root = `/api/v1/namespaces/${namespace}`;
      await cluster.send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
      const { spec } = cluster.template('guest');
      const annotations = { 'sandbox/stop-after': '2s' };
      await cluster.send({
        method: 'POST',
        path: `${root}/pods`,
        body: { metadata: { name: 'guest', annotations }, spec },
      });
      await cluster.eventually(async () => {
        const { status } = await cluster.send({ method: 'GET', path: `${root}/pods/guest` });
        expect(status.phase).toBe('Running');
      });
      await cluster.send({ method: 'DELETE', path: root });
      await cluster.wait(1_000);
      const { metadata } = await cluster.send({ method: 'GET', path: `${root}/pods/guest` });
      expect(metadata.deletionTimestamp).toBeUndefined();
      await cluster.eventually(async () => {
        const { metadata } = await cluster.send({ method: 'GET', path: `${root}/pods/guest` });
        expect(metadata.deletionTimestamp).toBeDefined();
      });
      await cluster.eventually(async () => expect((await cluster.ask({ method: 'GET', path: root })).status).toBe(404));
    });
  });
}
