import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Caller, Grant } from '../../../sandbox/cluster/authorize.ts';
import { type Cluster, createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { serveCluster } from '../../../sandbox/cluster/serve-cluster.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';

const entry = fileURLToPath(new URL('../../../cli/enl.ts', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A served cluster, a kubeconfig for it, and `enl` as a process with nothing in its environment but what a test gives it. */
export async function startCli() {
  const grants: Grant[] = [{ group: 'admins', rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }];
  const callers: Record<string, Caller> = {
    admin: { user: 'admin', groups: ['admins'] },
    guest: { user: 'guest', groups: [] },
  };
  const cluster = createCluster({ clock: realClock, grants, authenticate: (token) => callers[token] });
  const server = await serveCluster(cluster);
  const folder = mkdtempSync(join(tmpdir(), 'enl-drain-'));
  cluster.start();
  const running = new Set<ChildProcess>();
  const write = (name: string, content: string) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const kubeconfig = write(
    'config',
    kubeconfigOf(server, { admin: { token: 'admin' }, guest: { token: 'guest' }, stranger: { token: 'x' } }),
  );

  const start = (args: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        KUBECONFIG: kubeconfig,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(([code, out, err]): Ended => {
      running.delete(child);
      return { code, out, err };
    });
    return { child, ended };
  };
  return {
    cluster,
    server,
    folder,
    write,
    start,
    enl: (args: string[], env: Record<string, string> = {}) => start(args, env).ended,
    close: async () => {
      for (const child of running) child.kill('SIGKILL');
      cluster.stop();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A context for each user, of the user's name; the first is the current one. */
export function kubeconfigOf({ url, ca }: { url: string; ca: string }, users: Record<string, object>): string {
  const names = Object.keys(users);
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names[0],
    clusters: [
      { name: 'test', cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
    ],
    users: names.map((name) => ({ name, user: users[name] })),
    contexts: names.map((name) => ({ name, context: { cluster: 'test', user: name } })),
  });
}

export function node(name: string, instanceId: string, zone = 'eu-west-1a'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone, role: 'worker' } },
    spec: { providerID: `aws:///${zone}/${instanceId}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { cpu: '4', memory: '8Gi', pods: '29' } },
  };
}

/** Pods that run on a node, of a ReplicaSet that brings none of them back. */
export function pod(name: string, nodeName: string, changes: { spec?: object; unmanaged?: boolean } = {}): Manifest {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'app', uid: 'rs-app', controller: true };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: { app: 'app' },
      ...(!changes.unmanaged && { ownerReferences: [owner] }),
    },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'demo' }],
      ...changes.spec,
    },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export async function until(holds: () => boolean): Promise<void> {
  const limit = AbortSignal.timeout(15_000);
  while (!holds()) await realClock.sleep(20, limit);
}

export const marksOf = (cluster: Cluster, name: string) => {
  const { metadata, spec } = cluster.get('nodes', name) ?? { metadata: {}, spec: {} };
  return { cordoned: spec.unschedulable ?? false, annotations: Object.keys(metadata.annotations ?? {}) };
};
