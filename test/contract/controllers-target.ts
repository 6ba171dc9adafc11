import { expect } from 'vitest';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import { createBench, mergePatch, type StoredObject } from './bench.ts';
import type { Target } from './target.ts';

const EVENTUALLY_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Workloads on two nodes of their own, on a cluster whose controllers, scheduler and kubelets run. */
export function createWorkloads(target: Target) {
  const bench = createBench(target);
  const { id, namespace, send } = bench;
  const nodes = { first: `first-${id}`, second: `second-${id}` };
  const nodeSelector = { run: id };
  const apps = (plural: string, name = '') => `/apis/apps/v1/namespaces/${namespace}/${plural}${name && `/${name}`}`;

  /** Looks again and again, in the cluster's own time, until the check no longer throws. */
  async function eventually<T>(check: () => Promise<T>): Promise<T> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      try {
        return await check();
      } catch (error) {
        if (waited >= EVENTUALLY_MS) throw error;
        await target.wait(LOOK_EVERY_MS);
      }
    }
  }

  async function build(): Promise<void> {
    await bench.build();
    for (const name of Object.values(nodes)) {
      const annotations = { 'kwok.x-k8s.io/node': 'fake' };
      const body = { metadata: { name, labels: { run: id }, annotations } };
      await send({ method: 'POST', path: bench.paths.nodes, body });
    }
    await eventually(async () => {
      for (const name of Object.values(nodes)) {
        const { status, spec } = await readNode(name);
        expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
        expect(spec.taints ?? []).toEqual([]);
      }
    });
  }

  const readNode = (name: string) => send({ method: 'GET', path: `${bench.paths.nodes}/${name}` });
  const cordon = (name: string, unschedulable: boolean | null) =>
    send({
      method: 'PATCH',
      path: `${bench.paths.nodes}/${name}`,
      contentType: mergePatch,
      body: { spec: { unschedulable } },
    });

  function template(app: string, spec: object = {}) {
    const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }];
    return { metadata: { labels: { app } }, spec: { nodeSelector, containers, ...spec } };
  }

  async function workload(plural: string, app: string, spec: object, podSpec: object = {}): Promise<void> {
    const selector = { matchLabels: { app } };
    const body = { metadata: { name: app }, spec: { selector, template: template(app, podSpec), ...spec } };
    await send({ method: 'POST', path: apps(plural), body });
  }

  async function podsOf(app: string): Promise<StoredObject[]> {
    return (await send({ method: 'GET', path: bench.paths.pods(), query: { labelSelector: `app=${app}` } })).items;
  }

  /** The pods of an app once so many of them are ready and none is on its way out. */
  const readyPods = (app: string, count: number) =>
    eventually(async () => {
      const pods = await podsOf(app);
      const ready = pods.filter(
        ({ metadata, status }) =>
          metadata.deletionTimestamp === undefined &&
          status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
      );
      expect([ready.length, pods.length]).toEqual([count, count]);
      return ready;
    });

  const budgetStatus = (name: string, expected: object) =>
    eventually(async () => {
      const { status } = await send({ method: 'GET', path: bench.paths.budgets(name) });
      expect(status).toMatchObject(expected);
      return status;
    });

  async function remove(): Promise<void> {
    await bench.ask({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
    await bench.remove();
  }

  const port = createKubeCluster(target.admin, { leaseNamespace: namespace, reportingInstance: 'contract' });
  const read = { port, eventually, readNode, podsOf, readyPods, budgetStatus };
  return { ...bench, ...read, nodes, apps, build, cordon, template, workload, remove };
}

export type Workloads = ReturnType<typeof createWorkloads>;
