import { expectCode, type Stage } from './stage.ts';

/** The nodes that kwok looks after; the others never become ready. */
export const running = ['n1.example.internal', 'n2.example.internal'] as const;
export const idle = ['n3.example.internal', 'n4.example.internal', 'n5.example.internal'] as const;
export const [leaving, staying] = running;

export const pods = '/api/v1/namespaces/shop/pods';
const budgets = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }];

export const podOf = (name: string, spec: object = {}, labels: Record<string, string> = { app: name }) => ({
  metadata: { name, labels },
  spec: { containers, terminationGracePeriodSeconds: 0, ...spec },
});
export const nodeOf = (name: string, isRunning: boolean) => ({
  metadata: { name, ...(isRunning ? { annotations: { 'kwok.x-k8s.io/node': 'fake' } } : {}) },
});
const deploymentOf = (name: string, replicas: number) => ({
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers, terminationGracePeriodSeconds: 0 } },
  },
});
export const budgetOf = (name: string, app: string, minAvailable: number) => ({
  metadata: { name },
  spec: { minAvailable, selector: { matchLabels: { app } } },
});

/** What the scheduler did, as the cluster shows it. */
export interface Scene {
  podsOn: Record<string, { ns: string; name: string }[]>;
}

/** Two nodes that run pods, three that do not; a workload that its budget keeps, one that two budgets keep, one that is free. */
export async function buildScenery(stage: Stage): Promise<Scene> {
  const hand = stage.by('stagehand');
  for (const name of ['shop', 'ops', 'doomed'])
    expectCode(await hand.post('/api/v1/namespaces', { metadata: { name } }), 201);
  expectCode(await stage.by('kubelet', 'kubelet/v1.36.3').post('/api/v1/nodes', nodeOf(leaving, true)), 201);
  await ready(stage, leaving);
  const deployments = '/apis/apps/v1/namespaces/shop/deployments';
  expectCode(await hand.post(deployments, deploymentOf('web', 3)), 201);
  expectCode(await hand.post(deployments, deploymentOf('free', 2)), 201);
  for (const name of ['twice', 'solo', 'lone', 'other']) expectCode(await hand.post(pods, podOf(name)), 201);
  expectCode(await hand.post(budgets, budgetOf('web', 'web', 3)), 201);
  for (const name of ['one', 'two']) expectCode(await hand.post(budgets, budgetOf(name, 'twice', 1)), 201);
  await stage.until('the pods run and their budgets know it', async () => {
    const { items } = (await hand.get(pods)).body;
    const known = (await hand.get(budgets)).body.items;
    const isReady = (pod: { status: { conditions?: { type: string; status: string }[] } }) =>
      pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
    return items.length === 9 && items.every(isReady) && known.every(({ status }: never) => healthy(status));
  });
  const podsOn = { [leaving]: await boundTo(stage, leaving) };
  expectCode(await hand.post('/api/v1/nodes', nodeOf(staying, true)), 201);
  for (const name of idle) expectCode(await hand.post('/api/v1/nodes', nodeOf(name, false)), 201);
  await ready(stage, staying);
  return { podsOn };
}

const healthy = (status: { currentHealthy?: number; desiredHealthy?: number }) =>
  (status.desiredHealthy ?? 0) > 0 && status.currentHealthy === status.desiredHealthy;

async function boundTo(stage: Stage, node: string) {
  const { body } = await stage.by('stagehand').get(`/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`);
  return body.items.map(({ metadata }: { metadata: { namespace: string; name: string } }) => ({
    ns: metadata.namespace,
    name: metadata.name,
  }));
}

async function ready(stage: Stage, node: string): Promise<void> {
  await stage.until(`${node} takes pods`, async () => {
    const { status, spec } = (await stage.by('stagehand').get(`/api/v1/nodes/${node}`)).body;
    const isReady = status.conditions?.some(
      (one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True',
    );
    return isReady && !spec.taints?.length;
  });
}
