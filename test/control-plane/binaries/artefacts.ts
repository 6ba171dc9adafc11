import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What is compiled, by the package that it is, with the minutes that it takes on two cores when nothing was compiled before it. */
export const packages = {
  'kube-apiserver': { path: 'k8s.io/kubernetes/cmd/kube-apiserver', minutes: 4 },
  'kube-controller-manager': { path: 'k8s.io/kubernetes/cmd/kube-controller-manager', minutes: 1 },
  'kube-scheduler': { path: 'k8s.io/kubernetes/cmd/kube-scheduler', minutes: 1 },
  kubectl: { path: 'k8s.io/kubernetes/cmd/kubectl', minutes: 1 },
  kwok: { path: 'sigs.k8s.io/kwok/cmd/kwok', minutes: 1 },
  etcd: { path: 'go.etcd.io/etcd/server/v3', minutes: 1 },
} as const;
export type BinaryName = keyof typeof packages;
export const binaryNames = Object.keys(packages) as BinaryName[];

/** kwok's own account of how a Node and a Pod come up: files of its module, which are kept next to the binary. */
export const stages = {
  'kwok-node-initialize.yaml': 'kustomize/stage/node/fast/node-initialize.yaml',
  'kwok-pod-ready.yaml': 'kustomize/stage/pod/fast/pod-ready.yaml',
  'kwok-pod-complete.yaml': 'kustomize/stage/pod/fast/pod-complete.yaml',
} as const;

/** Where everything that was asked for is. */
export interface Binaries {
  paths: Partial<Record<BinaryName, string>>;
  /** Of kwok, when that was asked for. */
  stages: string[];
}

/** The files of the cache folder without which a binary is of no use. */
export function filesOf(name: BinaryName): string[] {
  return name === 'kwok' ? [name, ...Object.keys(stages)] : [name];
}

/** The Go module that pins every version. */
export const moduleFolder = new URL('..', import.meta.url).pathname;

/** Changes with every version that is compiled. */
export function moduleHash(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(`${moduleFolder}${file}`));
  return hash.digest('hex');
}

/** For example `v1.36.3`. */
export function versionOf(module: string): string {
  const version = new RegExp(`^\\t${module} (v\\S+)`, 'm').exec(readFileSync(`${moduleFolder}go.mod`, 'utf8'))?.[1];
  if (!version) throw new Error(`go.mod does not name ${module}`);
  return version;
}
