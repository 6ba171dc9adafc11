import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { type KubeTransport, WatchRefusedError } from '../../../shared/adapters/kube-transport.ts';
import { createKubeconfigTransport } from '../../../shared/adapters/kubeconfig-transport.ts';
import type { Auth } from '../../../shared/adapters/renewed-headers.ts';
import type { Bearer, GuardedTarget, Target } from '../target.ts';
import { type Arrange, createArrange } from './arrange.ts';
import { guardForReal } from './real-guard.ts';
import { overloadForReal } from './real-overload.ts';
import { grantForReal } from './real-rights.ts';
import { registerForReal } from './real-webhooks.ts';

/** Any cluster, as the user of its kubeconfig. */
export async function openRealCluster(kubeconfig: string): Promise<Target> {
  const admin = createKubeconfigTransport(load(kubeconfig));
  return { ...inRealTime, admin, close: async () => admin.close() };
}

/** An API server of whose cluster-wide objects the contract may make some of its own; it must reach 127.0.0.1 of this machine. */
export async function openRealServer(kubeconfig: string): Promise<GuardedTarget> {
  const config = load(kubeconfig);
  const id = `contract-${randomBytes(4).toString('hex')}`;
  let count = 0;
  const unique = () => `${id}-${++count}`;
  const open: { close(): void }[] = [];
  const connect = (to: KubeConfig, auth?: Auth) => {
    const transport = createKubeconfigTransport(to, auth ? { auth } : {});
    open.push(transport);
    return transport;
  };
  const admin = connect(config);
  const arrange = createArrange(admin);
  const nobody = withoutUser(config);
  const as: GuardedTarget['as'] = ({ user, groups: [group] }) =>
    connect(config, async () => ({ 'impersonate-user': user, ...(group && { 'impersonate-group': group }) }));
  const grant: GuardedTarget['grant'] = (rights) => grantForReal(unique(), rights, arrange);
  return {
    ...inRealTime,
    admin,
    as,
    grant,
    guard: () => guardForReal(unique(), { admin, as, grant }, arrange),
    stranger: connect(nobody, async () => ({ authorization: 'Bearer stranger' })),
    register: (namespace, hooks) => registerForReal(unique(), namespace, hooks, arrange),
    tooOld: () => tooOld(unique(), admin, arrange),
    forgotten: async () => ({ path: '/api/v1/namespaces', token: tokenOf('1') }),
    overload: async (namespace) => {
      const user = `${id}-crowded`;
      await grant({ user, rules: [{ apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] }] });
      await grant({ user, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] });
      const crowded = as({ user, groups: [] });
      return overloadForReal({ name: unique(), namespace, user, crowded }, arrange);
    },
    bearer: (namespace) => bearer(unique(), namespace, (auth) => connect(nobody, auth), arrange),
    close: async () => {
      await arrange.undoAll();
      for (const transport of open) transport.close();
    },
  };
}

const inRealTime: Pick<Target, 'wait' | 'settle'> = {
  wait: (milliseconds) => delay(milliseconds),
  settle: (promise) => promise,
};

function load(file: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(file);
  return config;
}

function withoutUser({ clusters, contexts, currentContext }: KubeConfig): KubeConfig {
  const config = new KubeConfig();
  const users = contexts.map(({ user }) => ({ name: user }));
  config.loadFromOptions({ clusters, contexts, users, currentContext });
  return config;
}

/** As the server writes it; revision 1 is from before the first object. */
function tokenOf(revision: string): string {
  const token = { v: 'meta.k8s.io/v1', rv: Number(revision), start: '\0' };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** A service account with a token of its own. */
async function bearer(
  name: string,
  namespace: string,
  connect: Bearer['connect'],
  { create, ask }: Arrange,
): Promise<Bearer> {
  const root = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await create(root, { metadata: { name } });
  const { body } = await ask({ method: 'POST', path: `${root}/${name}/token`, body: { spec: {} } });
  const { token } = (body as { status: { token: string } }).status;
  return { caller: { user: `system:serviceaccount:${namespace}:${name}`, groups: [] }, token, connect };
}

/** Of a resource that has just been defined the server knows no change from before. */
async function tooOld(name: string, admin: KubeTransport, { create, eventually }: Arrange) {
  const group = `${name}.example.com`;
  const schema = { openAPIV3Schema: { type: 'object' } };
  const spec = {
    group,
    scope: 'Namespaced',
    names: { kind: 'Old', listKind: 'OldList', plural: 'olds', singular: 'old' },
    versions: [{ name: 'v1', served: true, storage: true, schema }],
  };
  const root = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await create(root, { metadata: { name: `olds.${group}` }, spec });
  const path = `/apis/${group}/v1/olds`;
  await eventually('the new resource can be watched', async () => {
    const initial = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: 'true' };
    const query = { watch: 'true', timeoutSeconds: '5', ...initial };
    try {
      for await (const _ of admin.watch({ path, query }, new AbortController().signal)) return true;
      return true;
    } catch (error) {
      if (error instanceof WatchRefusedError) return false;
      throw error;
    }
  });
  return { path, resourceVersion: '1' };
}
