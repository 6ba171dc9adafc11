import { type Cluster, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { ClusterPort } from '../cluster-port.ts';
import type { Clock, ClusterDirectoryPort, ClusterLookup } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

export interface ClusterConnection {
  name: string;
  /** `https://…` */
  endpoint: string;
  /** The certificate authority's certificate: PEM in base64. */
  caData: string;
  vpcId?: string;
}

/** Short, so that a cluster that is deleted ends its drains soon, and long enough for a fleet of warm functions. */
const rememberMs = 60_000;

/**
 * Clusters as EKS knows them, remembered for a minute. As long as the endpoint and the certificate stay the same, so does the
 * opened cluster, with its token and its connections.
 */
export function createEksClusters(
  client: Pick<EKSClient, 'send'>,
  { openCluster, clock }: { openCluster: (connection: ClusterConnection) => ClusterPort; clock: Clock },
): ClusterDirectoryPort {
  const opened = new Map<string, { connection: ClusterConnection; cluster: ClusterPort; lookedUpAt: number }>();

  return {
    async open(name, signal): Promise<ClusterLookup> {
      const known = opened.get(name);
      if (known && clock.now() - known.lookedUpAt < rememberMs) return lookupOf(known);

      const description = await during(`describing cluster ${name}`, signal, describe(client, name, signal));
      if (description === 'gone') {
        opened.delete(name);
        return { found: 'gone' };
      }
      const connection = connectionOf(name, description);
      const unchanged =
        known?.connection.endpoint === connection.endpoint && known.connection.caData === connection.caData;
      const cluster = unchanged ? known.cluster : openCluster(connection);
      opened.set(name, { connection, cluster, lookedUpAt: clock.now() });
      return lookupOf({ connection, cluster });
    },
  };
}

function lookupOf({ connection: { name, vpcId }, cluster }: { connection: ClusterConnection; cluster: ClusterPort }) {
  return { found: 'cluster' as const, name, cluster, ...(vpcId !== undefined && { vpcId }) };
}

async function describe(client: Pick<EKSClient, 'send'>, name: string, signal: AbortSignal): Promise<Cluster | 'gone'> {
  try {
    const answer = await client.send(new DescribeClusterCommand({ name }), { abortSignal: signal });
    const cluster = answered('cluster', answer.cluster);
    return cluster.status === 'DELETING' ? 'gone' : cluster;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return 'gone';
    throw error;
  }
}

/** A cluster that is being created has no endpoint yet. */
function connectionOf(
  name: string,
  { endpoint, certificateAuthority, status, resourcesVpcConfig }: Cluster,
): ClusterConnection {
  const caData = certificateAuthority?.data;
  if (!endpoint || !caData)
    throw new Error(`opening cluster ${name}: it has no endpoint or certificate, its status is ${status}`);
  const vpcId = resourcesVpcConfig?.vpcId;
  return { name, endpoint, caData, ...(vpcId !== undefined && { vpcId }) };
}
