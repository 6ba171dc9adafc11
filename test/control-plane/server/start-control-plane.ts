import type { Binaries, BinaryName } from '../binaries/artefacts.ts';
import { type GroupOptions, openGroup } from '../processes/open-group.ts';
import { controllerComponents, type Extra, kwokComponent, serverComponents } from './components.ts';
import { freePorts } from './free-ports.ts';
import { createStateFolder, type User, writeKubeconfig } from './state-folder.ts';
import { waitForServer } from './wait-for-server.ts';

export interface ControlPlane {
  /** Of a user in system:masters. */
  kubeconfig: string;
  /** Holds a log of each component, the audit log, and the kubeconfig of the user `drainer`. */
  folder: string;
  /** Rejects when a component ends by itself. Never resolves. */
  failed: Promise<never>;
  close(): Promise<void>;
}

/** What is needed to start a control plane with these extras. */
export function binariesFor(extras: readonly Extra[]): BinaryName[] {
  return [
    'etcd',
    'kube-apiserver',
    ...(extras.includes('controllers') ? (['kube-controller-manager', 'kube-scheduler'] as const) : []),
    ...(extras.includes('kwok') ? (['kwok'] as const) : []),
  ];
}

/**
 * Starts a Kubernetes control plane on 127.0.0.1 (TLS, RBAC, audit log, all state in a temporary folder) and returns when its API server is
 * ready. Throws, with everything taken down again, when a component ends or none answers in time.
 */
export async function startControlPlane(
  extras: readonly Extra[],
  binaries: Binaries,
  options: GroupOptions,
): Promise<ControlPlane> {
  const state = createStateFolder();
  const folder = state.path;
  const group = openGroup(folder, options);
  const starting = new AbortController();
  try {
    const [apiServer = 0, etcd = 0, etcdPeer = 0] = await freePorts(3);
    const server = `https://127.0.0.1:${apiServer}`;
    group.start(serverComponents(binaries, folder, { apiServer, etcd, etcdPeer }));
    const ready = waitForServer(server, state, AbortSignal.any([options.signal, starting.signal]));
    const ca = await Promise.race([ready, group.failed()]);
    const kubeconfigOf = (user: User) => writeKubeconfig(state, user, server, ca);
    if (extras.includes('controllers'))
      group.start(controllerComponents(binaries, folder, kubeconfigOf('controllers')));
    if (extras.includes('kwok')) group.start([kwokComponent(binaries, kubeconfigOf('kwok'))]);
    kubeconfigOf('drainer');
    return { kubeconfig: kubeconfigOf('admin'), folder, failed: group.failed(), close: group.close };
  } catch (error) {
    starting.abort();
    await group.close();
    throw error;
  }
}
