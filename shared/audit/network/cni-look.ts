import type { ClusterContext } from './context.ts';
import { imageVersion, parseVersion, type Version } from './simulate/versions.ts';

/** The Amazon VPC CNI as it runs, or as its add-on is configured where its DaemonSet could not be read. */
export interface Cni {
  from: 'daemonset' | 'addon';
  version: Version | undefined;
  env: Readonly<Record<string, string>>;
}

/** `none`: the pods' network is another's. `unread`: neither the DaemonSet nor the add-on's settings are to be seen. */
export type CniLook = Cni | 'none' | 'unread';

const defaults: Readonly<Record<string, string>> = {
  ENABLE_SUBNET_DISCOVERY: 'true',
  ENABLE_PREFIX_DELEGATION: 'false',
};

/** https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html */
export function findCni({ kubernetes, addons }: ClusterContext): CniLook {
  const running = kubernetes.daemonsets?.items.find(
    ({ metadata }) => metadata.name === 'aws-node' && (metadata.namespace ?? 'kube-system') === 'kube-system',
  );
  if (running) {
    const containers = running.spec?.template?.spec?.containers ?? [];
    const own = containers.find(({ name }) => name === 'aws-node') ?? containers[0];
    const env = (own?.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
    return { from: 'daemonset', version: imageVersion(own?.image), env: { ...defaults, ...Object.fromEntries(env) } };
  }
  if (kubernetes.daemonsets) return 'none';
  const addon = addons?.find(({ addonName }) => addonName === 'vpc-cni');
  const env = addon && addonEnv(addon.configurationValues);
  return addon && env
    ? { from: 'addon', version: parseVersion(addon.addonVersion), env: { ...defaults, ...env } }
    : 'unread';
}

/** Undefined when the values are no JSON: they may be YAML as well. */
function addonEnv(values: string | undefined): Record<string, string> | undefined {
  if (values === undefined || values.trim() === '') return {};
  try {
    const { env = {} } = JSON.parse(values) as { env?: Record<string, unknown> };
    return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
  } catch {
    // It is not known what they say, which the caller tells.
    return undefined;
  }
}

/** As Go's ParseBool takes it. https://pkg.go.dev/strconv#ParseBool */
export function isOn({ env }: Cni, name: string): boolean {
  return /^(1|t|true)$/i.test(env[name] ?? '');
}

/** A whole number from 0 on; undefined when it is not set or is none. */
export function target({ env }: Cni, name: string): number | undefined {
  return /^\d+$/.test(env[name] ?? '') ? Number(env[name]) : undefined;
}
