import { KubeConfig } from '@kubernetes/client-node';

export type ClusterVariable = 'TEST_KUBECONFIG' | 'TEST_KUBECONFIG_CONTROLLERS';
export type Environment = Readonly<Record<string, string | undefined>>;

const words = ['test', 'kind', 'sandbox', 'envtest', 'local', 'disposable', 'minikube', 'k3d'];
const disposable = new RegExp(`(?<![a-z])(${words.join('|')})(?![a-z])`, 'i');

/** A cluster that is named for tests, but not as one that may be thrown away. */
export class RefusedKubeconfigError extends Error {
  override name = 'RefusedKubeconfigError';
}

/**
 * The kubeconfig file that the variable names; undefined when it names none. The tests create and delete nodes, roles and webhooks of
 * the whole cluster: context and cluster must both be called so that nobody can mean them for anything else, or the context must be
 * named in TEST_KUBECONFIG_ALLOW. Throws RefusedKubeconfigError, also for a file that cannot be read.
 */
export function testKubeconfig(variable: ClusterVariable, env: Environment = process.env): string | undefined {
  const path = env[variable];
  if (!path) return undefined;
  const config = read(path, variable);
  const context = config.currentContext;
  const cluster = config.getContextObject(context)?.cluster;
  const server = config.getCurrentCluster()?.server;
  if (!cluster || !server)
    throw new RefusedKubeconfigError(`${variable}=${path}: its current context '${context ?? ''}' leads to no cluster`);
  const allowed = (env.TEST_KUBECONFIG_ALLOW ?? '').split(',').includes(context);
  if (allowed || (disposable.test(context) && disposable.test(cluster))) return path;
  throw new RefusedKubeconfigError(
    `${variable}=${path} is refused: its current context is '${context}', of the cluster '${cluster}' at ${server}. The tests change ` +
      `nodes, roles and webhooks of the whole cluster, so both names must hold one of the words ${words.join(', ')}. ` +
      `If this cluster may be thrown away: TEST_KUBECONFIG_ALLOW='${context}'`,
  );
}

function read(path: string, variable: ClusterVariable): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
  } catch (cause) {
    throw new RefusedKubeconfigError(`${variable}=${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  return config;
}
