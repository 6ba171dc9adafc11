import { join } from 'node:path';
import type { Binaries } from '../binaries/artefacts.ts';
import type { Component } from '../processes/start-component.ts';

/** What a control plane may have beyond etcd and the API server. */
export const extras = ['controllers', 'kwok'] as const;
export type Extra = (typeof extras)[number];

export interface Ports {
  apiServer: number;
  etcd: number;
  etcdPeer: number;
}

const ours = new URL('..', import.meta.url).pathname;

/** What must run before the API server answers. Files are those of state-folder.ts. */
export function serverComponents(binaries: Binaries, folder: string, ports: Ports): Component[] {
  const etcd = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const key = join(folder, 'service-account.key');
  return [
    component(binaries, 'etcd', {
      name: 'control-plane',
      'data-dir': join(folder, 'etcd'),
      'listen-client-urls': etcd,
      'advertise-client-urls': etcd,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `control-plane=${peer}`,
      // Nothing outlives the run.
      'unsafe-no-fsync': 'true',
      'log-level': 'warn',
    }),
    component(binaries, 'kube-apiserver', {
      'etcd-servers': etcd,
      // The first revision is soon too old, as a test of expired continue tokens wants it.
      'etcd-compaction-interval': '5s',
      'bind-address': '127.0.0.1',
      'secure-port': String(ports.apiServer),
      'cert-dir': join(folder, 'certificates'),
      'authorization-mode': 'RBAC',
      'token-auth-file': join(folder, 'tokens.csv'),
      // Without the controllers no namespace gets the account that this plugin wants to see before it lets a pod in.
      'disable-admission-plugins': 'ServiceAccount',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': key,
      'service-account-signing-key-file': key,
      'service-cluster-ip-range': '10.96.0.0/16',
      'audit-policy-file': join(ours, 'audit-policy.yaml'),
      'audit-log-path': join(folder, 'audit.log'),
      'audit-log-mode': 'blocking',
    }),
  ];
}

/** The real controllers and scheduler, without those that look after machines and networks that there are not. */
export function controllerComponents(binaries: Binaries, folder: string, kubeconfig: string): Component[] {
  const common = {
    kubeconfig,
    'secure-port': '0',
    'leader-elect': 'false',
    'kube-api-qps': '500',
    'kube-api-burst': '1000',
  };
  const absent = ['node-ipam', 'node-route', 'cloud-node-lifecycle', 'service-lb'].map((name) => `-${name}-controller`);
  return [
    component(binaries, 'kube-controller-manager', {
      ...common,
      controllers: ['*', ...absent].join(','),
      'service-account-private-key-file': join(folder, 'service-account.key'),
    }),
    component(binaries, 'kube-scheduler', common),
  ];
}

/** Kubelets for Nodes with the annotation `kwok.x-k8s.io/node: fake`. https://kwok.sigs.k8s.io/docs/user/stages-configuration/ */
export function kwokComponent(binaries: Binaries, kubeconfig: string): Component {
  const { command, args } = component(binaries, 'kwok', {
    kubeconfig,
    'manage-nodes-with-annotation-selector': 'kwok.x-k8s.io/node=fake',
    'node-lease-duration-seconds': '40',
  });
  const stages = [...binaries.stages, join(ours, 'stages.yaml')];
  return { name: 'kwok', command, args: [...args, ...stages.map((path) => `--config=${path}`)] };
}

function component(binaries: Binaries, name: keyof Binaries['paths'], flags: Record<string, string>): Component {
  const command = binaries.paths[name];
  if (command === undefined) throw new Error(`${name} was not asked for`);
  return { name, command, args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`) };
}
