import { randomBytes } from 'node:crypto';
import { KubeConfig } from '@kubernetes/client-node';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { createKubeconfigTransport } from '../../../shared/adapters/kubeconfig-transport.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { applyRights, drainer } from '../../contract/cluster-port-rights.ts';
import { grantGroup } from './grant-group.ts';
import { squeezeGroup } from './squeeze.ts';
import type { ArenaTarget, Right } from './target.ts';

/** A real API server, in its own time. */
export async function openReal(kubeconfig: string, rights?: readonly Right[]): Promise<ArenaTarget> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const admin = createKubeconfigTransport(config);
  await applied(kubeconfig, admin);
  const { group, revoke } = rights ? await grantOwnGroup(admin, rights) : theGroup;
  const identity = { 'impersonate-user': drainer.user, 'impersonate-group': group };
  const asDrainer = createKubeconfigTransport(config, { auth: async () => identity });
  const release: (() => Promise<void>)[] = [];
  return {
    admin,
    drainer: asDrainer,
    squeezeEvictions: async () => void release.push(await squeezeGroup(admin, group, asDrainer)),
    clock: realClock,
    settle: (promise) => promise,
    async close() {
      for (const free of release) await free();
      await revoke();
      asDrainer.close();
      admin.close();
    },
  };
}

const theGroup = { group: 'eks-node-lifecycle', revoke: async () => undefined };

const applying = new Map<string, Promise<void>>();

/** infra/rbac, once for all scenarios of a file; the namespace of the Leases comes with it. */
function applied(kubeconfig: string, admin: KubeTransport): Promise<void> {
  const under = applying.get(kubeconfig) ?? applyRights(admin);
  applying.set(kubeconfig, under);
  return under;
}

async function grantOwnGroup(admin: KubeTransport, rights: readonly Right[]) {
  const group = `drainer-${randomBytes(4).toString('hex')}`;
  return { group, revoke: await grantGroup(admin, group, rights) };
}
