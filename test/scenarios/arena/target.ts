import { createManualClock } from '../../../sandbox/clock.ts';
import type { Grant, PolicyRule } from '../../../sandbox/cluster/authorize.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../../shared/ports.ts';
import { drainer, grants } from '../../contract/cluster-port-rights.ts';
import { createSqueezable } from './squeeze.ts';

/** Rules that a group has, in one namespace or everywhere. */
export interface Right {
  namespace?: string;
  rules: readonly PolicyRule[];
}

/** An API server without controllers and without kubelets, and who keeps its time. */
export interface ArenaTarget {
  /** As cluster-admin: to arrange, to look, and to play kubelet and controllers. */
  admin: KubeTransport;
  /** As user `drainer`, with infra/rbac and nothing else, or with the rights asked for instead. */
  drainer: KubeTransport;
  clock: Clock;
  /** From now on the server has one seat for the evictions of this drainer and turns away those that find it taken. */
  squeezeEvictions: () => Promise<void>;
  /** Lets time go by until the promise settles. */
  settle: <T>(promise: Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

/** The sandbox's model on a manual clock. */
export async function openModel(rights?: readonly Right[]): Promise<ArenaTarget> {
  const clock = createManualClock(Date.parse('2026-03-01T08:00:00Z'));
  const granted: readonly Grant[] = rights?.map((right) => ({ group: 'eks-node-lifecycle', ...right })) ?? grants;
  const cluster = createCluster({ clock, grants: granted });
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'eks-node-lifecycle' } });
  const squeezable = createSqueezable(cluster.transportFor(drainer));
  return {
    admin: cluster.transportFor(),
    drainer: squeezable.transport,
    squeezeEvictions: async () => squeezable.squeeze(),
    clock,
    settle: (promise) => clock.runUntil(promise),
    close: async () => cluster.stop(),
  };
}
