import type { Pod } from '../../../sandbox/cluster/objects.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';
import type { Frame } from './journal.ts';

/** A request to evict or delete a pod, as the drain worded it. */
export interface Removal {
  by: 'eviction' | 'delete';
  namespace: string;
  name: string;
  uid: string | undefined;
  graceSeconds: number | undefined;
  status: number;
  at: number;
}

interface DeleteOptions {
  preconditions?: { uid?: string };
  gracePeriodSeconds?: number;
}

/** Requests to evict or delete pods; `dryRun` is none of them. */
export function removalsIn(requests: readonly FrontRequest[]): Removal[] {
  return requests.flatMap(({ method, path, body, status, at }) => {
    const [, namespace, name, eviction] =
      /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)(\/eviction)?$/.exec(path) ?? [];
    if (!namespace || !name || !['POST', 'DELETE'].includes(method)) return [];
    const options = (eviction ? (body as { deleteOptions?: DeleteOptions }).deleteOptions : body) as
      | DeleteOptions
      | undefined;
    const { preconditions, gracePeriodSeconds: graceSeconds } = options ?? {};
    return [
      {
        by: eviction ? 'eviction' : 'delete',
        namespace,
        name,
        uid: preconditions?.uid,
        graceSeconds,
        status,
        at,
      } as const,
    ];
  });
}

/** Removals that name no pod of the drained nodes by its UID, or leave it no time at all. */
export function removalProblems(
  removals: readonly Removal[],
  frames: readonly Frame<'pods'>[],
  nodes: readonly string[],
): string[] {
  const pods = new Map<string, Pod>(frames.map(({ object }) => [object.metadata.uid, object]));
  return removals.flatMap(({ by, name, uid, graceSeconds }) => {
    const said = `${by} of ${name}`;
    const pod = uid === undefined ? undefined : pods.get(uid);
    if (pod?.metadata.name !== name) return [`${said}: UID ${uid}`];
    const problems = nodes.includes(pod.spec.nodeName ?? '') ? [] : [`${said}: it is on ${pod.spec.nodeName}`];
    if (graceSeconds !== undefined && graceSeconds < 1) problems.push(`${said}: grace ${graceSeconds}`);
    return problems;
  });
}

/** What was written that is neither a removal nor the drained node, an Event, a Lease or a question about rights. */
export function otherWrites(requests: readonly FrontRequest[], nodes: readonly string[]): string[] {
  const known = [
    /^POST \/api\/v1\/namespaces\/[^/]+\/events$/,
    /^(POST|PUT) \/apis\/coordination\.k8s\.io\/v1\/namespaces\/eks-node-lifecycle\/leases/,
    /^POST \/apis\/authorization\.k8s\.io\/v1\/selfsubjectaccessreviews$/,
    ...nodes.map((name) => new RegExp(`^PATCH /api/v1/nodes/${name}$`)),
  ];
  const writes = requests.filter((request) => request.method !== 'GET' && removalsIn([request]).length === 0);
  return writes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => !known.some((pattern) => pattern.test(line)));
}
