import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';
import { kubePath } from '../../shared/adapters/kube-wire.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import type { ApiAnswer, ApiFailure } from '../../shared/lifecycle/api-failure.ts';

/** A cluster to hold against the contract. */
export interface ClusterPortTarget {
  /** With the rights of infra/rbac and no others. */
  cluster: ClusterPort;
  /** As cluster-admin, to arrange and to clean up. */
  admin: KubeTransport;
  close: () => Promise<void>;
}

export const signal = new AbortController().signal;

/** Objects of one run, under names that no other run has. */
export function createWorld(admin: KubeTransport) {
  const id = randomBytes(4).toString('hex');
  const namespace = `contract-${id}`;
  const instanceId = `i-0${id}0abc`;
  const nodes = { first: `first-${id}`, second: `second-${id}` };
  let count = 0;

  async function send(request: KubeRequest): Promise<Record<string, unknown>> {
    const { status, body } = await admin.request(request, signal);
    if (status > 299) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body as Record<string, unknown>;
  }
  const inNamespace = (...rest: string[]) => kubePath('api', 'v1', 'namespaces', namespace, ...rest);
  const status = (path: string, value: object) =>
    send({
      method: 'PATCH',
      path: `${path}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: value },
    });

  async function pod(
    spec: { node?: string; labels?: Record<string, string>; graceSeconds?: number; ready?: boolean } = {},
  ): Promise<{ namespace: string; name: string; uid: string }> {
    count += 1;
    const name = `pod-${count}`;
    const { metadata } = await send({
      method: 'POST',
      path: inNamespace('pods'),
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace, labels: spec.labels ?? {} },
        spec: {
          nodeName: spec.node ?? nodes.first,
          terminationGracePeriodSeconds: spec.graceSeconds ?? 600,
          containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
        },
      },
    });
    const ready = spec.ready ?? true;
    await status(inNamespace('pods', name), {
      phase: 'Running',
      startTime: '2026-01-01T00:00:00Z',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    });
    return { namespace, name, uid: (metadata as { uid: string }).uid };
  }

  /** A budget for pods with `app: <name>` that leaves no disruption, already processed. */
  async function exhaustedBudget(name: string, app = name): Promise<void> {
    const path = kubePath('apis', 'policy', 'v1', 'namespaces', namespace, 'poddisruptionbudgets');
    await send({
      method: 'POST',
      path,
      body: {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name, namespace },
        spec: { minAvailable: 1, selector: { matchLabels: { app } } },
      },
    });
    const healthy = { currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 };
    await status(`${path}/${name}`, { observedGeneration: 1, disruptionsAllowed: 0, ...healthy });
  }

  /** Ends a pod as its kubelet would. */
  const finish = (name: string) =>
    send({ method: 'DELETE', path: inNamespace('pods', name), body: { gracePeriodSeconds: 0 } });

  async function build(): Promise<void> {
    await send({ method: 'POST', path: kubePath('api', 'v1', 'namespaces'), body: { metadata: { name: namespace } } });
    for (const [name, providerID] of [
      [nodes.first, `aws:///us-west-2a/${instanceId}`],
      [nodes.second, `aws:///us-west-2a/${instanceId}d`],
    ])
      await send({
        method: 'POST',
        path: kubePath('api', 'v1', 'nodes'),
        body: { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { providerID } },
      });
  }

  /** What is left over, so that a cluster that lives longer than the run is as it was. */
  async function remove(): Promise<void> {
    const { items } = await send({ method: 'GET', path: inNamespace('pods') });
    for (const { metadata } of items as { metadata: { name: string } }[]) await finish(metadata.name);
    for (const name of Object.values(nodes))
      await send({ method: 'DELETE', path: kubePath('api', 'v1', 'nodes', name) });
    await send({ method: 'DELETE', path: kubePath('api', 'v1', 'namespaces', namespace) });
  }

  return { id, namespace, instanceId, nodes, send, pod, exhaustedBudget, finish, build, remove };
}

export type World = ReturnType<typeof createWorld>;

export function valueIn<T>(answer: ApiAnswer<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code} ${answer.failure.message}`);
  return answer.value;
}

export function failureIn(answer: ApiAnswer<unknown>): ApiFailure {
  expect(answer.ok).toBe(false);
  if (answer.ok) throw new Error('a value where a failure was expected');
  return answer.failure;
}
