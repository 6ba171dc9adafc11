import { applyRights } from '../cluster-port-rights.ts';
import type { GuardedTarget } from '../target.ts';
import type { Arrange } from './arrange.ts';

const signal = new AbortController().signal;

/** infra/rbac as it is applied; resolves when the server refuses by its policies, of which it learns by watching. */
export async function guardForReal(
  name: string,
  { admin, as, grant }: Pick<GuardedTarget, 'admin' | 'as' | 'grant'>,
  { eventually }: Arrange,
): Promise<void> {
  await applyRights(admin);
  const rules = [{ apiGroups: [''], resources: ['nodes'], verbs: ['create'] }];
  await grant({ user: name, rules });
  for (const group of ['eks-node-lifecycle', 'eks-node-lifecycle-launch']) {
    const member = as({ user: name, groups: [group] });
    await eventually(`the policies for ${group} count`, async () => {
      const node = { method: 'POST', path: '/api/v1/nodes', query: { dryRun: 'All' }, body: { metadata: { name } } };
      const { body } = await member.request({ ...node, method: 'POST' }, signal);
      return JSON.stringify(body).includes('ValidatingAdmissionPolicy');
    });
  }
}
