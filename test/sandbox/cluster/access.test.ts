import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import type { PolicyRule } from '../../../sandbox/cluster/authorize.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';

const never = new AbortController().signal;

function askAs(grant: { user?: string; group?: string; namespace?: string; rules: PolicyRule[] }) {
  const cluster = createCluster({ clock: createManualClock(0), grants: [grant] });
  cluster.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: {} });
  const api = cluster.transportFor({ user: 'drainer', groups: ['eks-node-lifecycle'] });
  return async (method: KubeRequest['method'], path: string) => (await api.request({ method, path }, never)).status;
}

describe('access to the model', () => {
  it('is given to a user or a group, everywhere or in one namespace', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
    expect(await askAs({ group: 'eks-node-lifecycle', rules })('GET', '/api/v1/pods')).toBe(200);
    expect(await askAs({ group: 'others', rules })('GET', '/api/v1/pods')).toBe(403);
    const inDefault = askAs({ user: 'drainer', namespace: 'default', rules });
    expect(await inDefault('GET', '/api/v1/namespaces/default/pods')).toBe(200);
    expect(await inDefault('GET', '/api/v1/namespaces/kube-system/pods')).toBe(403);
    expect(await inDefault('GET', '/api/v1/pods')).toBe(403);
  });

  it('knows wildcards and resource names', async () => {
    const all = askAs({ user: 'drainer', rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] });
    expect(await all('DELETE', '/api/v1/namespaces/default/pods/p')).toBe(200);
    const named = { apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['p'] };
    const one = askAs({ user: 'drainer', rules: [named] });
    expect(await one('GET', '/api/v1/namespaces/default/pods/p')).toBe(200);
    expect(await one('GET', '/api/v1/namespaces/default/pods/q')).toBe(403);
  });

  it('ends with the token: what was good is 401 afterwards', async () => {
    let isValid = true;
    const authenticate = () => (isValid ? { user: 'drainer', groups: ['system:masters'] } : undefined);
    const api = createCluster({ clock: createManualClock(0), authenticate }).transportFor({ token: 'any' });
    const request = { method: 'GET', path: '/api/v1/nodes' } as const;
    expect((await api.request(request, never)).status).toBe(200);
    isValid = false;
    expect((await api.request(request, never)).status).toBe(401);
  });
});
