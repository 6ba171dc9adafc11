import { readFileSync } from 'node:fs';
import { loadAllYaml } from '@kubernetes/client-node';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import { signal } from './cluster-port-world.ts';
import type { Rights } from './target.ts';

export const drainer = { user: 'drainer', groups: ['eks-node-lifecycle'] };

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] }[];
}

const read = (...files: string[]): Manifest[] =>
  files.flatMap((file) => loadAllYaml(readFileSync(new URL(`../../infra/rbac/${file}`, import.meta.url), 'utf8')));

const forDrains = read('cluster-role.yaml', 'leases.yaml');
const forLaunches = read('launch-role.yaml');
const forPlans = read('plan-role.yaml');
const policies = read('drain-policy.yaml', 'launch-policy.yaml', 'surge/policy.yaml');

/** What infra/rbac gives to the group of drains, for the sandbox, whose model has no Role objects. */
export const grants = grantsIn(forDrains, 'eks-node-lifecycle');
/** What it gives to the group of launches. */
export const launchGrants = grantsIn(forLaunches, 'eks-node-lifecycle-launch');
/** What it gives to the group of plans, which a drain by hand is in besides. */
export const planGrants = grantsIn(forPlans, 'eks-node-lifecycle-plan');
/** What infra/rbac/surge gives to the group of drains, in one namespace at a time. */
export const surgeGrants = grantsIn(read('surge/role.yaml'), 'eks-node-lifecycle');

/** Of surges, in this namespace. */
export function surgeRightsIn(namespace: string): Rights[] {
  return surgeGrants.map((grant) => ({ ...grant, namespace }));
}

function grantsIn(from: readonly Manifest[], group: string) {
  return from.flatMap(({ rules, metadata: { namespace } }) =>
    rules ? [{ group, rules, ...(namespace === undefined ? {} : { namespace }) }] : [],
  );
}

/** Of launches, for another subject. */
export function launchRightsOf(subject: { user: string } | { group: string }): Rights[] {
  return launchGrants.map(({ group: _, ...rest }) => ({ ...subject, ...rest }));
}

/** The same for another subject, with its Leases in another namespace. */
export function rightsOf(subject: { user: string } | { group: string }, leaseNamespace: string): Rights[] {
  return grants.map(({ rules, namespace }) => ({
    ...subject,
    rules,
    ...(namespace === undefined ? {} : { namespace: leaseNamespace }),
  }));
}

/** All of infra/rbac. */
export async function applyRights(admin: KubeTransport): Promise<void> {
  for (const { apiVersion, kind, metadata, ...rest } of [...policies, ...forDrains, ...forLaunches, ...forPlans]) {
    const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
    const place = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
    const { status, body } = await admin.request(
      {
        method: 'PATCH',
        path: `${root}${place}/${pluralOf(kind)}/${metadata.name}`,
        query: { fieldManager: 'contract', force: 'true' },
        contentType: 'application/apply-patch+yaml',
        body: { apiVersion, kind, metadata, ...rest },
      },
      signal,
    );
    if (status > 299) throw new Error(`applying ${kind} ${metadata.name}: ${status} ${JSON.stringify(body)}`);
  }
}

function pluralOf(kind: string): string {
  return `${kind.toLowerCase().replace(/y$/, 'ie')}s`;
}
