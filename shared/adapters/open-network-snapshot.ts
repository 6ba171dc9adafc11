import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import type { Cluster } from '../audit/network/eks-shapes.ts';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import { clientDefaults } from './client-defaults.ts';
import { createEksTokenSource } from './eks-token.ts';
import { createHttpsTransport } from './https-transport.ts';
import { type KubeTransport, NoAnswerError } from './kube-transport.ts';
import { type SnapshotPorts, type SnapshotWishes, takeNetworkSnapshot } from './network-snapshot.ts';
import { realClock } from './real-clock.ts';

/** A page of a thousand interfaces takes EC2 some seconds. */
const pageMilliseconds = 30_000;

export interface SnapshotAccess {
  region?: string;
  profile?: string;
  /** Whether to look into the clusters. */
  kubernetes: boolean;
  /** Only for a sandbox: default the region's own. */
  stsEndpoint?: string;
}

/** A snapshot as the credentials let one see it, inside the clusters, too. Import it only when it is needed. */
export async function openNetworkSnapshot(
  { stsEndpoint, kubernetes, ...access }: SnapshotAccess,
  wishes: SnapshotWishes,
  { onAnswer }: Pick<SnapshotPorts, 'onAnswer'>,
  signal: AbortSignal,
): Promise<NetworkSnapshot> {
  const requestHandler = { ...clientDefaults.requestHandler, requestTimeout: pageMilliseconds };
  const options = { ...clientDefaults, requestHandler, ...access };
  const eks = new EKSClient(options);
  const ec2 = new EC2Client(options);
  const autoScaling = new AutoScalingClient(options);
  const region = await eks.config.region();
  const openCluster = async (cluster: Cluster): Promise<KubeTransport & { close?(): void }> => {
    const { name, endpoint, certificateAuthority } = cluster as Cluster & Connection;
    if (!endpoint || !certificateAuthority?.data) return unreachable(`cluster ${name} has no endpoint that is known`);
    const identity = { clusterName: name, region, credentials: eks.config.credentials };
    const tokens = createEksTokenSource({ ...identity, ...(stsEndpoint && { stsEndpoint }) }, { clock: realClock });
    return createHttpsTransport({
      server: endpoint,
      ca: Buffer.from(certificateAuthority.data, 'base64'),
      auth: async (force) => ({ authorization: `Bearer ${await (force ? tokens.refresh() : tokens.current())}` }),
    });
  };
  const ports = {
    ec2,
    eks,
    autoScaling,
    region,
    openCluster: kubernetes ? openCluster : undefined,
    clock: realClock,
    random: Math.random,
    onAnswer,
  };
  try {
    return await takeNetworkSnapshot(wishes, ports, signal);
  } finally {
    for (const client of [eks, ec2, autoScaling]) client.destroy();
  }
}

/** What describe-cluster says beyond what an audit looks at. */
interface Connection {
  endpoint?: string;
  certificateAuthority?: { data?: string };
}

function unreachable(why: string): KubeTransport {
  const refuse = () => Promise.reject(new NoAnswerError(why));
  return {
    request: refuse,
    // biome-ignore lint/correctness/useYield: there is nothing to say.
    watch: async function* () {
      await refuse();
    },
  };
}
