import { setTimeout as delay } from 'node:timers/promises';
import type { KubeRequest, KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { Right } from './target.ts';

const signal = new AbortController().signal;
const apiGroup = 'rbac.authorization.k8s.io';
const tries = 100;

/** Binds rights to a group on a real API server and waits until the last of them counts; returns what takes them away. */
export async function grantGroup(
  admin: KubeTransport,
  group: string,
  rights: readonly Right[],
): Promise<() => Promise<void>> {
  const made: string[] = [];
  const subjects = [{ apiGroup, kind: 'Group', name: group }];
  for (const [index, { namespace, rules }] of rights.entries()) {
    const name = `${group}-${index}`;
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    const root = `/apis/${apiGroup}/v1${namespace === undefined ? '' : `/namespaces/${namespace}`}`;
    const create = async (plural: string, body: object) => {
      await send(admin, { method: 'POST', path: `${root}/${plural}`, body });
      made.unshift(`${root}/${plural}/${name}`);
    };
    await create(`${kind.toLowerCase()}s`, { metadata: { name }, rules });
    await create(`${kind.toLowerCase()}bindings`, { metadata: { name }, roleRef: { apiGroup, kind, name }, subjects });
  }
  for (const right of rights) await untilItCounts(admin, group, right);
  return async () => {
    for (const path of made) await send(admin, { method: 'DELETE', path });
  };
}

/** The authorizer learns of roles by watching, too. */
async function untilItCounts(admin: KubeTransport, group: string, { namespace, rules }: Right): Promise<void> {
  const [rule] = rules;
  if (!rule) return;
  const [resource = '', subresource] = (rule.resources[0] ?? '').split('/');
  const resourceAttributes = {
    verb: rule.verbs[0],
    group: rule.apiGroups[0],
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  const body = { spec: { user: 'drainer', groups: [group], resourceAttributes } };
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { status } = (await send(admin, { method: 'POST', path, body })) as { status: { allowed: boolean } };
    if (status.allowed) return;
    await delay(100);
  }
  throw new Error(`${group} did not get ${JSON.stringify(resourceAttributes)}`);
}

async function send(admin: KubeTransport, request: KubeRequest): Promise<unknown> {
  const { status, body } = await admin.request(request, signal);
  if (status > 299) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
  return body;
}
