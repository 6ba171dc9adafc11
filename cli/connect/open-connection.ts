import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { AwsAccess, Connection } from './connection.ts';
import type { ConnectionOptions } from './connection-options.ts';

/** Where drains keep their Leases, as the functions' settings have it. */
const leaseNamespace = 'eks-node-lifecycle';

type Reached = Pick<Connection, 'name' | 'where' | 'kubectl'> & { transport: KubeTransport & { close(): void } };

/** Nothing is asked of the cluster yet, but credentials are there. Throws a CommandError, and what AWS clients throw. */
export async function openConnection(
  options: ConnectionOptions,
  signal: AbortSignal,
  { forRoll = false } = {},
): Promise<Connection> {
  if (options.sandbox) {
    const { openSandbox } = await import('../in-sandbox/open-sandbox.ts');
    return openSandbox({ forRoll }, signal);
  }
  const aws = awsAccess(options);
  const reached = await reach(options, aws, signal);
  const { transport } = reached;
  return {
    ...reached,
    cluster: createKubeCluster(transport, { leaseNamespace, reportingInstance: 'enl' }),
    aws,
    close: async () => transport.close(),
  };
}

async function reach(options: ConnectionOptions, aws: AwsAccess, signal: AbortSignal): Promise<Reached> {
  if (options.cluster !== undefined) {
    const { reachEksCluster } = await import('./reach-eks-cluster.ts');
    return reachEksCluster(options.cluster, aws, signal);
  }
  const { reachKubeconfig } = await import('./reach-kubeconfig.ts');
  return reachKubeconfig(options, signal);
}

function awsAccess({ region, profile }: ConnectionOptions): AwsAccess {
  return { ...(region && { region }), ...(profile && { profile }) };
}
