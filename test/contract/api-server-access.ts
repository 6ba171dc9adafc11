import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../sandbox/cluster/authorize.ts';
import { type KubeTransport, WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import type { Stage } from './api-server.ts';
import { mergePatch, refusalIn } from './bench.ts';

export function apiServerAccess(stage: Stage): void {
  describe('access', () => {
    let count = 0;
    const someoneWith = async (rule: PolicyRule) => {
      const user = `someone-${stage.bench.id}-${++count}`;
      await stage.target.grant({ user, rules: [rule] });
      return stage.target.as({ user, groups: [] });
    };
    const evictAs = (someone: KubeTransport, name: string) => {
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
      return stage.bench.ask({ method: 'POST', path: stage.bench.paths.eviction(name), body }, someone);
    };

    it('T57: 403 names the user, the verb, the resource and where', async () => {
      const { bench, evictor } = stage;
      const refused = async (method: 'GET' | 'DELETE', path: string) =>
        refusalIn(await bench.ask({ method, path }, evictor.transport));
      expect(await refused('GET', '/api/v1/nodes')).toEqual({
        status: 403,
        retryAfter: undefined,
        reason: 'Forbidden',
        message: `nodes is forbidden: User "${evictor.name}" cannot list resource "nodes" in API group "" at the cluster scope`,
        details: { kind: 'nodes' },
      });
      expect(await refused('GET', '/api/v1/nodes/n')).toMatchObject({
        message: `nodes "n" is forbidden: User "${evictor.name}" cannot get resource "nodes" in API group "" at the cluster scope`,
        details: { name: 'n', kind: 'nodes' },
      });
      expect(await refused('DELETE', bench.paths.pods('p'))).toMatchObject({
        message: `pods "p" is forbidden: User "${evictor.name}" cannot delete resource "pods" in API group "" in the namespace "${bench.namespace}"`,
      });
      expect(await refused('GET', '/apis/policy/v1/poddisruptionbudgets')).toMatchObject({
        message: `poddisruptionbudgets.policy is forbidden: User "${evictor.name}" cannot list resource "poddisruptionbudgets" in API group "policy" at the cluster scope`,
        details: { group: 'policy', kind: 'poddisruptionbudgets' },
      });
    });

    it('the right to evict is create on pods/eviction in the core group', async () => {
      const { name } = (await stage.bench.pod()).metadata;
      expect((await evictAs(stage.evictor.transport, name)).status).toBe(201);
    });

    it('T57: neither the right to delete pods nor one in the group policy allows to evict them', async () => {
      const { bench } = stage;
      const { name } = (await bench.pod()).metadata;
      const [deleter, policy] = await Promise.all([
        someoneWith({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'delete'] }),
        someoneWith({ apiGroups: ['policy'], resources: ['pods/eviction'], verbs: ['create'] }),
      ]);
      for (const someone of [deleter, policy]) {
        const { status, message } = refusalIn(await evictAs(someone, name));
        expect([status, message]).toEqual([
          403,
          expect.stringContaining('cannot create resource "pods/eviction" in API group ""'),
        ]);
      }
      expect((await bench.ask({ method: 'DELETE', path: bench.paths.pods(name) }, deleter)).status).toBe(200);
    });

    it('T57: a right in one namespace ends at its border', async () => {
      const { bench, target } = stage;
      const user = `local-${bench.id}`;
      const rules = [{ apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] }];
      await target.grant({ user, namespace: bench.namespace, rules });
      const local = target.as({ user, groups: [] });
      const { name } = (await bench.pod()).metadata;
      expect((await evictAs(local, name)).status).toBe(201);
      const path = '/api/v1/namespaces/default/pods/p/eviction';
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } };
      expect(refusalIn(await bench.ask({ method: 'POST', path, body }, local))).toMatchObject({
        status: 403,
        reason: 'Forbidden',
        message: `pods "p" is forbidden: User "${user}" cannot create resource "pods/eviction" in API group "" in the namespace "default"`,
        details: { name: 'p', kind: 'pods' },
      });
    });

    it('a patch needs the right to patch and no other', async () => {
      const { bench } = stage;
      const patcher = await someoneWith({ apiGroups: [''], resources: ['nodes'], verbs: ['patch'] });
      const { name } = (await bench.node('patched')).metadata;
      const path = `${bench.paths.nodes}/${name}`;
      const body = { spec: { unschedulable: true } };
      expect(await bench.ask({ method: 'PATCH', path, contentType: mergePatch, body }, patcher)).toMatchObject({
        status: 200,
        body: { spec: { unschedulable: true } },
      });
      expect((await bench.ask({ method: 'GET', path }, patcher)).status).toBe(403);
    });

    it('a watch needs the right to watch and no other, also one that begins with a list; a list needs its own', async () => {
      const { bench } = stage;
      const watcher = await someoneWith({ apiGroups: [''], resources: ['pods'], verbs: ['watch'] });
      await bench.pod();
      const initial = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: 'true' };
      const query = { watch: 'true', timeoutSeconds: '60', ...initial };
      for await (const { type } of watcher.watch({ path: bench.paths.pods(), query }, new AbortController().signal)) {
        expect(['ADDED', 'BOOKMARK']).toContain(type);
        if (type === 'BOOKMARK') break;
      }
      expect((await bench.ask({ method: 'GET', path: bench.paths.pods() }, watcher)).status).toBe(403);

      const watch = async () => {
        for await (const _ of stage.evictor.transport.watch(
          { path: '/api/v1/pods', query },
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
      const { bench, evictor } = stage;
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace: bench.namespace, ...attributes } },
      };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      const answer = await bench.ask({ method: 'POST', path, body }, evictor.transport);
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
