import { describe, expect, it } from 'vitest';
import { WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import type { Stage } from './api-server.ts';
import { refusalIn } from './api-server-target.ts';

export function apiServerAccess(stage: Stage): void {
  describe('access', () => {
    it('T57: 403 names the user, the verb, the resource and where', async () => {
      const { bench, target } = stage;
      const refused = async (method: 'GET' | 'DELETE', path: string) =>
        refusalIn(await bench.ask({ method, path }, target.evictor));
      expect(await refused('GET', '/api/v1/nodes')).toEqual({
        status: 403,
        retryAfter: undefined,
        reason: 'Forbidden',
        message: 'nodes is forbidden: User "evictor" cannot list resource "nodes" in API group "" at the cluster scope',
        details: { kind: 'nodes' },
      });
      expect(await refused('GET', '/api/v1/nodes/n')).toMatchObject({
        message:
          'nodes "n" is forbidden: User "evictor" cannot get resource "nodes" in API group "" at the cluster scope',
        details: { name: 'n', kind: 'nodes' },
      });
      expect(await refused('DELETE', bench.paths.pods('p'))).toMatchObject({
        message: `pods "p" is forbidden: User "evictor" cannot delete resource "pods" in API group "" in the namespace "${bench.namespace}"`,
      });
      expect(await refused('GET', '/apis/policy/v1/poddisruptionbudgets')).toMatchObject({
        message:
          'poddisruptionbudgets.policy is forbidden: User "evictor" cannot list resource "poddisruptionbudgets" in API group "policy" at the cluster scope',
        details: { group: 'policy', kind: 'poddisruptionbudgets' },
      });
    });

    it('the right to evict is create on pods/eviction in the core group', async () => {
      const { bench, target } = stage;
      const { name } = (await bench.pod()).metadata;
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
      const answer = await bench.ask({ method: 'POST', path: bench.paths.eviction(name), body }, target.evictor);
      expect(answer.status).toBe(201);
    });

    it('a watch needs its own right', async () => {
      const { target } = stage;
      const watch = async () => {
        for await (const _ of target.evictor.watch(
          { path: '/api/v1/pods', query: { watch: 'true' } },
          new AbortController().signal,
        ))
          return;
      };
      const error = await watch().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WatchRefusedError);
      expect(refusalIn((error as WatchRefusedError).response).message).toContain('cannot watch resource "pods"');
    });

    it.each([
      [{ verb: 'create', resource: 'pods', subresource: 'eviction' }, true],
      [{ verb: 'get', resource: 'pods' }, true],
      [{ verb: 'delete', resource: 'pods' }, false],
      [{ verb: 'create', group: 'policy', resource: 'pods', subresource: 'eviction' }, false],
    ])('a SelfSubjectAccessReview of %o says %s', async (attributes, allowed) => {
      const { bench, target } = stage;
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace: bench.namespace, ...attributes } },
      };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      const answer = await bench.ask({ method: 'POST', path, body }, target.evictor);
      expect(answer).toMatchObject({ status: 201, body: { status: { allowed } } });
    });

    it('401 for a token that nobody issued', async () => {
      const answer = await stage.bench.ask({ method: 'GET', path: '/api/v1/nodes' }, stage.target.stranger);
      expect(refusalIn(answer)).toEqual({
        status: 401,
        retryAfter: undefined,
        reason: 'Unauthorized',
        message: 'Unauthorized',
        details: undefined,
      });
    });
  });
}
