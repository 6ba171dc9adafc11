import type { ClusterPort } from '../cluster-port.ts';
import type { ClusterConnection } from './eks-clusters.ts';
import { type AwsCredentials, createEksTokenSource } from './eks-token.ts';
import { createHttpsTransport } from './https-transport.ts';
import { createKubeCluster } from './kube-cluster.ts';
import type { KubeTransport } from './kube-transport.ts';
import { once } from './once.ts';
import { realClock } from './real-clock.ts';

export interface EksIdentity {
  /** An AWS client's `config.region` and `config.credentials` serve. */
  region: () => Promise<string>;
  credentials: (options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>;
}

export interface EksOptions {
  leaseNamespace: string;
  /** Says in Kubernetes Events which of us wrote them. */
  reportingInstance: string;
  /** Only for a sandbox: default the region's own. */
  stsEndpoint: string | undefined;
}

/** An EKS cluster as we see it. */
export function openEksCluster(
  identity: EksIdentity,
  { stsEndpoint, ...options }: EksOptions,
): (connection: ClusterConnection) => ClusterPort {
  const openTransport = openEksTransport(identity, { stsEndpoint });
  return (connection) => createKubeCluster(openTransport(connection), options);
}

/** The way to an EKS cluster: endpoint and certificate from EKS, a token signed for the cluster's name. */
export function openEksTransport(
  { region, credentials }: EksIdentity,
  { stsEndpoint }: Pick<EksOptions, 'stsEndpoint'>,
): (connection: ClusterConnection) => KubeTransport {
  return ({ name, endpoint, caData }) => {
    const tokens = once(async () => {
      const identity = { clusterName: name, region: await region(), credentials };
      return createEksTokenSource(stsEndpoint === undefined ? identity : { ...identity, stsEndpoint }, {
        clock: realClock,
      });
    });
    return createHttpsTransport({
      server: endpoint,
      ca: Buffer.from(caData, 'base64'),
      auth: async (force) => {
        const source = await tokens();
        return { authorization: `Bearer ${await (force ? source.refresh() : source.current())}` };
      },
    });
  };
}
