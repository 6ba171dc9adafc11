import { expect } from 'vitest';
import type { KubeRequest } from '../../shared/adapters/kube-transport.ts';
import { grants } from '../contract/cluster-port-rights.ts';
import type { Arena } from './arena/arena.ts';
import { scenarios } from './arena/scenarios.ts';
import { allBut } from './rights/granted.ts';
import { grantedIn, questions } from './rights/questions.ts';

const signal = new AbortController().signal;
const leases = 'eks-node-lifecycle';
const merge = 'application/merge-patch+json';

/** What nobody must be able to do in a drain's name. */
function forbidden({ node, paths, namespace }: Arena): Record<string, KubeRequest> {
  const lease = { metadata: { name: 'other' }, spec: { holderIdentity: 'drainer' } };
  const inKubeSystem = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
  const status = { method: 'PATCH', contentType: merge, body: { status: { conditions: null } } } as const;
  return {
    "a node's status changed": { ...status, path: `${paths.node(node.name)}/status` },
    'a node deleted': { method: 'DELETE', path: paths.node(node.name) },
    'a pod created': { method: 'POST', path: paths.pods(), body: { metadata: { name: 'new' }, spec: {} } },
    'a pod changed': { method: 'PATCH', contentType: merge, path: paths.pod({ namespace, name: 'web' }), body: {} },
    "a pod's status changed": { ...status, path: `${paths.pod({ namespace, name: 'web' })}/status` },
    'a budget changed': { method: 'PATCH', contentType: merge, path: `${paths.budgets()}/web`, body: { spec: {} } },
    "a budget's status changed": { ...status, path: `${paths.budgets()}/web/status` },
    'a DaemonSet created': { method: 'POST', path: paths.daemonSets, body: { metadata: { name: 'new' } } },
    'a Lease of another namespace read': { method: 'GET', path: `${inKubeSystem}/other` },
    'a Lease of another namespace created': { method: 'POST', path: inKubeSystem, body: lease },
    'events read': { method: 'GET', path: `/api/v1/namespaces/${namespace}/events` },
  };
}

scenarios('the limits of the rights', (scenario) => {
  scenario('each verb on each resource is allowed where infra/rbac says so, and nowhere else', {}, async (arena) => {
    const { cluster, namespace } = arena;
    const asked = questions(leases, namespace);
    const allowed: string[] = [];
    for (let from = 0; from < asked.length; from += 50) {
      const some = asked.slice(from, from + 50);
      const answers = await Promise.all(some.map(({ asked }) => cluster.mayI(asked, signal)));
      allowed.push(...some.flatMap(({ key }, index) => (isYes(answers[index]) ? [key] : [])));
    }
    expect(allowed.sort()).toEqual(grantedIn([leases, namespace]).sort());
  });

  scenario('what is not granted is answered with 403, whatever it would have done', {}, async (arena) => {
    await arena.pod('web');
    await arena.budget('web', { minAvailable: 1 });
    const answers = Object.entries(forbidden(arena)).map(async ([what, request]) => {
      const { status } = await arena.asDrainer(request);
      return [what, status];
    });
    const all = Object.keys(forbidden(arena)).map((what) => [what, 403]);
    expect(await Promise.all(answers)).toEqual(all);
  });

  const misplaced = { rules: [{ apiGroups: ['policy'], resources: ['pods/eviction'], verbs: ['create'] }] };
  const rights = [...allBut('create pods/eviction'), misplaced];
  scenario(
    'an eviction needs its right in the core group: in group policy it is worth nothing',
    { rights },
    async (arena) => {
      const web = await arena.pod('web');
      expect(await arena.cluster.evictPod(web, {}, signal)).toMatchObject({ ok: false, failure: { code: 403 } });
      expect(await arena.podNow(web)).not.toHaveProperty('metadata.deletionTimestamp');
    },
  );

  scenario('with it there the same eviction is accepted', { rights: grants }, async (arena) => {
    const web = await arena.pod('web');
    expect(await arena.cluster.evictPod(web, {}, signal)).toMatchObject({ ok: true });
  });
});

function isYes(answer: Awaited<ReturnType<Arena['cluster']['mayI']>> | undefined): boolean {
  if (!answer?.ok) throw new Error(`no answer to an access review: ${JSON.stringify(answer)}`);
  return answer.value;
}
