import type { Rights } from '../target.ts';
import type { Arrange } from './arrange.ts';

/** A role and its binding; resolves when every one of its rights counts. */
export async function grantForReal(name: string, rights: Rights, { create, ask, eventually }: Arrange): Promise<void> {
  const { namespace, rules } = rights;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const root = `/apis/rbac.authorization.k8s.io/v1${scope}`;
  const [kind, plural] = namespace === undefined ? ['ClusterRole', 'clusterroles'] : ['Role', 'roles'];
  const bindings = namespace === undefined ? 'clusterrolebindings' : 'rolebindings';
  const apiGroup = 'rbac.authorization.k8s.io';
  const subject =
    'user' in rights ? { apiGroup, kind: 'User', name: rights.user } : { apiGroup, kind: 'Group', name: rights.group };
  await create(`${root}/${plural}`, { metadata: { name }, rules });
  const roleRef = { apiGroup, kind, name };
  await create(`${root}/${bindings}`, { metadata: { name }, roleRef, subjects: [subject] });

  const who = 'user' in rights ? { user: rights.user } : { user: 'someone', groups: [rights.group] };
  for (const { apiGroups, resources, verbs, resourceNames = [] } of rules) {
    const [resource, subresource] = (resources[0] ?? '').split('/');
    const place = namespace === undefined ? {} : { namespace };
    const [name] = resourceNames;
    const narrowed = { ...(subresource ? { subresource } : {}), ...(name ? { name } : {}), ...place };
    const asked = { verb: verbs[0], group: apiGroups[0], resource, ...narrowed };
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    await eventually(`${JSON.stringify(who)} may ${JSON.stringify(asked)}`, async () => {
      const { body } = await ask({ method: 'POST', path, body: { spec: { ...who, resourceAttributes: asked } } });
      return (body as { status: { allowed: boolean } }).status.allowed;
    });
  }
}
