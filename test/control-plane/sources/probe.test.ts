import { describe, expect, it } from 'vitest';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { probe } from './probe.ts';

const signal = new AbortController().signal;

describe('what runs on a cluster', () => {
  it.each([
    ['nothing', false],
    ['everything', true],
  ])('is found out by what happens, and nothing is left behind: %s', async (_what, runs) => {
    const cluster = createCluster({ clock: realClock });
    if (runs) cluster.start();
    const admin = cluster.transportFor();
    const found = await probe(admin, signal, runs ? 10_000 : 300);
    expect(found).toEqual({ controllers: runs, scheduler: runs, kwok: runs });
    const { body } = await admin.request({ method: 'GET', path: '/api/v1/nodes' }, signal);
    expect((body as { items: unknown[] }).items).toEqual([]);
    const namespaces = await admin.request({ method: 'GET', path: '/api/v1/namespaces' }, signal);
    const left = (namespaces.body as { items: { metadata: { name: string; deletionTimestamp?: string } }[] }).items;
    expect(left.filter(({ metadata }) => /^probe-/.test(metadata.name) && !metadata.deletionTimestamp)).toEqual([]);
    cluster.stop();
  });

  it('is not told of a server that refuses', async () => {
    const refusing: KubeTransport = {
      request: async () => ({ status: 401, headers: {}, body: { message: 'Unauthorized' } }),
      watch: () => expect.unreachable(),
    };
    await expect(probe(refusing, signal, 300)).rejects.toThrow(
      'POST /api/v1/namespaces was answered with 401: Unauthorized',
    );
  });
});
