import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controllersBudgets } from './controllers-budgets.ts';
import { controllersCordon } from './controllers-cordon.ts';
import { controllersSurge } from './controllers-surge.ts';
import { createWorkloads, type Workloads } from './controllers-target.ts';
import type { Target } from './target.ts';

/** What the controllers of a cluster do around a drain; a real control plane with kwok's kubelets says what is right. */
export function controllersContract(name: string, open: () => Promise<Target>): void {
  describe(name, { timeout: 120_000 }, () => {
    let target: Target;
    let cluster: Workloads;

    beforeAll(async () => {
      target = await open();
      cluster = createWorkloads(target);
      await cluster.build();
    }, 120_000);
    afterAll(async () => {
      await cluster.remove();
      await target.close();
    }, 120_000);

    const stage = {
      get cluster() {
        return cluster;
      },
    };
    controllersSurge(stage);
    controllersCordon(stage);
    controllersBudgets(stage);

    it('T71: a StatefulSet pod comes back under its name with another uid, and is not to be evicted by the old one', async () => {
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
      const preconditions = { uid: before[0]?.metadata.uid };
      expect((await cluster.evict('db-0', { preconditions })).status).toBe(409);
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
            message: expect.stringMatching(/^0\/\d+ nodes are available: .*\d node\(s\) were unschedulable/),
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
