import { describe, expect, it } from 'vitest';
import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import { type Script, scriptedTransport } from './scripted-transport.ts';

const signal = new AbortController().signal;
const pod = { namespace: 'shop', name: 'web-0', uid: 'u-1' };

function cluster(...answers: Script[]) {
  const { transport, requests } = scriptedTransport({ answers });
  return { requests, port: createKubeCluster(transport, { leaseNamespace: 'ours', reportingInstance: 'tick' }) };
}

describe('an eviction', () => {
  it('names one pod by its UID, and no grace unless it is given', async () => {
    const { port, requests } = cluster({ status: 201 });
    expect(await port.evictPod(pod, {}, signal)).toEqual({ ok: true, value: undefined });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/namespaces/shop/pods/web-0/eviction',
      query: {},
    });
    expect(requests[0]?.body).toEqual({
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { namespace: 'shop', name: 'web-0' },
      deleteOptions: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'u-1' } },
    });
  });

  it('that is dry says so where admission sees it', async () => {
    const { port, requests } = cluster({ status: 201 });
    await port.evictPod(pod, { graceSeconds: 12.9, dryRun: true }, signal);
    expect(requests[0]?.query).toEqual({ dryRun: 'All' });
    expect(requests[0]?.body).toMatchObject({ deleteOptions: { gracePeriodSeconds: 12, dryRun: ['All'] } });
  });
});

describe('a forced delete', () => {
  it('carries its UID and its grace', async () => {
    const { port, requests } = cluster({});
    await port.deletePod(pod, { graceSeconds: 1 }, signal);
    expect(requests).toEqual([
      {
        method: 'DELETE',
        path: '/api/v1/namespaces/shop/pods/web-0',
        body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'u-1' }, gracePeriodSeconds: 1 },
      },
    ]);
  });

  it.each([0, 0.9, -5, Number.NaN, Number.POSITIVE_INFINITY])(
    'never goes out with a grace of %s',
    async (graceSeconds) => {
      const { port, requests } = cluster();
      await expect(port.deletePod(pod, { graceSeconds }, signal)).rejects.toThrow(RangeError);
      expect(requests).toEqual([]);
    },
  );
});

describe('a name', () => {
  it.each(['', '.', '..'])('of "%s" never makes a request for something else', async (name) => {
    const { port, requests } = cluster();
    await expect(port.deletePod({ ...pod, name }, { graceSeconds: 5 }, signal)).rejects.toThrow(RangeError);
    await expect(port.getNode(name, signal)).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });

  it('is encoded in a path', async () => {
    const { port, requests } = cluster({});
    await port.getNode('a/b?c', signal);
    expect(requests[0]?.path).toBe('/api/v1/nodes/a%2Fb%3Fc');
  });
});

describe('nodes', () => {
  it('that are marked are asked for by what marks them, without their status', async () => {
    const { port, requests } = cluster({ body: { items: [{ metadata: { name: 'a' } }] } });
    expect(await port.listMarkedNodes(signal)).toEqual({ ok: true, value: [{ name: 'a', annotations: {} }] });
    expect(requests[0]).toMatchObject({
      path: '/api/v1/nodes',
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      query: {
        labelSelector: 'node.kubernetes.io/exclude-from-external-load-balancers',
        fieldSelector: 'spec.unschedulable=true',
      },
    });
  });
});

describe("a claim's volume", () => {
  const bound: Script = { body: { spec: { volumeName: 'pv-1' } } };
  it('that is gone is a failure about the volume', async () => {
    const gone = { kind: 'Status', message: 'gone', reason: 'NotFound', details: { kind: 'persistentvolumes' } };
    const { port, requests } = cluster(bound, { status: 404, body: gone });
    expect(await port.getClaimVolume('shop', 'data', signal)).toMatchObject({
      ok: false,
      failure: { code: 404, detailsKind: 'persistentvolumes' },
    });
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v1/namespaces/shop/persistentvolumeclaims/data',
      '/api/v1/persistentvolumes/pv-1',
    ]);
  });
});

describe('an event', () => {
  const about = {
    name: 'e-1',
    type: 'Normal',
    reason: 'Draining',
    message: 'started',
    at: '2026-01-01T00:00:00Z',
  } as const;
  it.each([
    [{ kind: 'Node', name: 'worker-1', uid: 'n-1' } as const, '/api/v1/namespaces/default/events'],
    [{ kind: 'Pod', ...pod } as const, '/api/v1/namespaces/shop/events'],
  ])('about %j is written to %s', async (regarding, path) => {
    const { port, requests } = cluster({ status: 201 });
    await port.createEvent({ ...about, regarding }, signal);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path,
      body: {
        involvedObject: { apiVersion: 'v1', ...regarding },
        firstTimestamp: about.at,
        lastTimestamp: about.at,
        source: { component: 'eks-node-lifecycle' },
        reportingComponent: 'eks-node-lifecycle',
        reportingInstance: 'tick',
      },
    });
  });
});

describe('a lease', () => {
  it('is written with microseconds and read with what may be missing', async () => {
    const draft = { name: 'l', holder: 'a', durationSeconds: 30, renewedAt: Date.UTC(2026, 0, 1), annotations: {} };
    const { port, requests } = cluster({ status: 201, body: { metadata: { name: 'l', resourceVersion: '7' } } });
    expect(await port.createLease(draft, signal)).toEqual({
      ok: true,
      value: { name: 'l', resourceVersion: '7', holder: '', durationSeconds: 0, renewedAt: 0, annotations: {} },
    });
    expect(requests[0]).toMatchObject({
      path: '/apis/coordination.k8s.io/v1/namespaces/ours/leases',
      body: { spec: { renewTime: '2026-01-01T00:00:00.000000Z' } },
    });
  });
});
