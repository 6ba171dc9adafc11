import type { AccessQuestion } from '../../../shared/cluster-port.ts';
import { granted, keyOf } from './granted.ts';

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Resources that a drain has no business with, as `group/resource`, the core group without a name. */
const foreign = [
  'nodes/status',
  'nodes/proxy',
  'pods/status',
  'pods/log',
  'pods/exec',
  'pods/binding',
  'pods/ephemeralcontainers',
  'policy/pods/eviction',
  'persistentvolumes/status',
  'configmaps',
  'namespaces',
  'secrets',
  'serviceaccounts',
  'serviceaccounts/token',
  'services',
  'apps/daemonsets/status',
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  'batch/jobs',
  'events.k8s.io/events',
  'policy/poddisruptionbudgets/status',
  'rbac.authorization.k8s.io/clusterroles',
  'rbac.authorization.k8s.io/clusterrolebindings',
  'admissionregistration.k8s.io/validatingwebhookconfigurations',
];

const groups = ['apps', 'batch', 'policy'];

/** Each verb on each resource, granted or not, in one of our namespaces and in another; the key is that of the right. */
export function questions(leaseNamespace: string, elsewhere: string): { key: string; asked: AccessQuestion }[] {
  const own = granted().map(({ group, resource }) => ({ group, resource }));
  const all = [...own, ...foreign.map(splitGroup)];
  const unique = [...new Map(all.map((one) => [keyOf('', one.group, one.resource), one])).values()];
  return unique.flatMap(({ group, resource }) =>
    verbs.flatMap((verb) =>
      [leaseNamespace, elsewhere].map((namespace) => ({
        key: `${keyOf(verb, group, resource)} in ${namespace}`,
        asked: { verb, group, ...splitSubresource(resource), namespace },
      })),
    ),
  );
}

/** The keys of those that infra/rbac grants. */
export function grantedIn(namespaces: readonly string[]): string[] {
  return granted().flatMap(({ key, namespace }) =>
    namespaces.filter((space) => space === (namespace ?? space)).map((space) => `${key} in ${space}`),
  );
}

function splitGroup(path: string): { group: string; resource: string } {
  const [group = '', ...rest] = path.split('/');
  const named = groups.includes(group) || group.includes('.');
  return named ? { group, resource: rest.join('/') } : { group: '', resource: path };
}

function splitSubresource(path: string): { resource: string; subresource?: string } {
  const [resource = '', subresource] = path.split('/');
  return subresource === undefined ? { resource } : { resource, subresource };
}
