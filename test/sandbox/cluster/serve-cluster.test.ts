import { once } from 'node:events';
import { connect } from 'node:tls';
import { ApiException, CoreV1Api, KubeConfig, PolicyV1Api, Watch } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { type ClusterServer, serveCluster } from '../../../sandbox/cluster/serve-cluster.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { node, pod, running } from './small-cluster.ts';

describe('the HTTP face', () => {
  let cluster: Cluster;
  let server: ClusterServer;
  let config: KubeConfig;

  beforeEach(async () => {
    const authenticate = (token: string) =>
      token === 'good' ? { user: 'admin', groups: ['system:masters'] } : undefined;
    cluster = createCluster({ clock: realClock, authenticate, grants: [] });
    server = await serveCluster(cluster);
    config = kubeconfig('good');
  });
  afterEach(async () => {
    cluster.stop();
    await server.close();
  });

  function kubeconfig(token: string): KubeConfig {
    const made = new KubeConfig();
    made.loadFromOptions({
      clusters: [{ name: 'sandbox', server: server.url, caData: Buffer.from(server.ca).toString('base64') }],
      users: [{ name: 'user', token }],
      contexts: [{ name: 'sandbox', cluster: 'sandbox', user: 'user' }],
      currentContext: 'sandbox',
    });
    return made;
  }
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error as ApiException<string>,
    );

  it('serves the official client: lists, evictions, budgets', async () => {
    cluster.apply([node('n1'), pod('p', { status: running })]);
    const core = config.makeApiClient(CoreV1Api);
    const list = await core.listPodForAllNamespaces({ fieldSelector: 'spec.nodeName=n1' });
    expect(list.items.map(({ metadata }) => metadata?.name)).toEqual(['p']);
    const body = { metadata: { name: 'p' }, deleteOptions: { gracePeriodSeconds: 7 } };
    await core.createNamespacedPodEviction({ namespace: 'default', name: 'p', body });
    const { metadata } = await core.readNamespacedPod({ namespace: 'default', name: 'p' });
    expect(metadata?.deletionGracePeriodSeconds).toBe(7);
    const budgets = await config.makeApiClient(PolicyV1Api).listPodDisruptionBudgetForAllNamespaces();
    expect(budgets.items).toEqual([]);
  });

  it('gives the official client its errors with status, Retry-After and body', async () => {
    cluster.apply(pod('p', { labels: { app: 'web' }, status: running }));
    const selector = { matchLabels: { app: 'web' } };
    cluster.apply({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { selector },
    });
    const core = config.makeApiClient(CoreV1Api);
    const body = { metadata: { name: 'p' } };
    const refused = await failureOf(core.createNamespacedPodEviction({ namespace: 'default', name: 'p', body }));
    expect(refused).toBeInstanceOf(ApiException);
    expect(refused).toMatchObject({ code: 429, headers: { 'retry-after': '10' } });
    expect(JSON.parse(refused?.body ?? '')).toMatchObject({ details: { causes: [{ reason: 'DisruptionBudget' }] } });
    const stranger = await failureOf(kubeconfig('bad').makeApiClient(CoreV1Api).listNode());
    expect(stranger).toMatchObject({ code: 401 });
  });

  it('streams a watch to the official client, and ends it when the cluster stops', async () => {
    const seen: string[] = [];
    let told = () => {};
    const first = new Promise<void>((resolve) => {
      told = resolve;
    });
    const ended = new Promise<void>((resolve) => {
      const onFrame = (type: string, object: { metadata: { name: string } }) => {
        seen.push(`${type} ${object.metadata.name}`);
        told();
      };
      void new Watch(config).watch('/api/v1/pods', {}, onFrame, () => resolve());
    });
    cluster.apply(pod('p'));
    await first;
    cluster.stop();
    await ended;
    expect(seen).toEqual(['ADDED p']);
  });

  it('cuts the connection where a fault says so', async () => {
    cluster.faults.add({ match: /^GET \/api\/v1\/nodes/, effect: { reset: 'before' } });
    const failure = await failureOf(config.makeApiClient(CoreV1Api).listNode());
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ApiException);
  });

  it('closes while a client is connected that has not asked anything', async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port), ca: server.ca });
    await once(socket, 'secureConnect');
    const closed = once(socket.resume(), 'close');
    await server.close();
    await closed;
    server = await serveCluster(cluster);
  });

  it('closes while a watch is open', async () => {
    const onEnd = new Promise<void>((resolve) => {
      void new Watch(config).watch(
        '/api/v1/pods',
        {},
        () => {},
        () => resolve(),
      );
    });
    cluster.apply(pod('p'));
    await config.makeApiClient(CoreV1Api).listNode();
    await server.close();
    await onEnd;
    server = await serveCluster(cluster);
  });
});
