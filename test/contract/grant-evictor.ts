import { setTimeout as delay } from 'node:timers/promises';
import type { KubeRequest, KubeTransport } from '../../shared/adapters/kube-transport.ts';

const signal = new AbortController().signal;
const root = '/apis/rbac.authorization.k8s.io/v1';
const name = 'contract-evictor';

/** Gives the user `evictor` a role on a real API server and waits until it counts; returns what takes it away. */
export async function grantEvictor(admin: KubeTransport, rules: readonly object[]): Promise<() => Promise<void>> {
  const send = async (request: KubeRequest) => {
    const { status, body } = await admin.request(request, signal);
    if (status > 299 && status !== 409) throw new Error(`${request.method} ${request.path}: ${JSON.stringify(body)}`);
    return body;
  };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'evictor' }];
  await send({ method: 'POST', path: `${root}/clusterroles`, body: { metadata: { name }, rules } });
  await send({ method: 'POST', path: `${root}/clusterrolebindings`, body: { metadata: { name }, roleRef, subjects } });
  const review = {
    method: 'POST' as const,
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: { spec: { user: 'evictor', resourceAttributes: { verb: 'list', resource: 'pods' } } },
  };
  for (let tries = 0; tries < 50; tries++) {
    const { status } = (await send(review)) as { status: { allowed: boolean } };
    if (status.allowed) break;
    await delay(100);
  }
  return async () => {
    await send({ method: 'DELETE', path: `${root}/clusterrolebindings/${name}` });
    await send({ method: 'DELETE', path: `${root}/clusterroles/${name}` });
  };
}
