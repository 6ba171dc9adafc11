import { createAwsSandbox } from '../../sandbox/aws/aws-sandbox.ts';
import { serveAws } from '../../sandbox/aws/serve-aws.ts';
import { createCluster } from '../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../sandbox/cluster/objects.ts';
import { serveCluster } from '../../sandbox/cluster/serve-cluster.ts';
import { patch } from '../../sandbox/scenarios/patch.ts';
import { growGroup } from '../../sandbox/world/growing-group.ts';
import { createHttpsTransport } from '../../shared/adapters/https-transport.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { Connection } from '../connect/connection.ts';
import { catchingUpClock } from './catching-up-clock.ts';
import { addDemoGroup, groupName } from './demo-group.ts';
import { type DemoNode, demoNodes, demoRegion, nodeManifest, settled } from './demo-nodes.ts';
import { everywhere, firstWorkloads, grown, localCache, otherWorkloads, unmanagedPod } from './demo-workloads.ts';
import { fastClock } from './fast-clock.ts';

const leaseNamespace = 'eks-node-lifecycle';
const awsSpeed = 20;

/** A cluster and an account that end with the command, on 127.0.0.1: the same clients speak to them as to real ones. */
export async function openSandbox({ forRoll }: { forRoll: boolean }, signal: AbortSignal): Promise<Connection> {
  const cluster = createCluster({ clock: catchingUpClock({ behindSeconds: 12, speed: 20 }) });
  cluster.start();
  await populate(cluster, forRoll ? [] : blockersOf(demoNodes), signal);
  // Instances take half a minute to end.
  const awsClock = fastClock(awsSpeed);
  const aws = createAwsSandbox({ clock: awsClock });
  addDemoGroup(aws.scaling);
  const ending = new AbortController();
  const growing = growGroup(
    { scaling: aws.scaling, cluster, clock: awsClock, groupName, joinMs: 20_000, readyMs: 10_000 },
    ending.signal,
  );
  const [server, awsServer] = await Promise.all([serveCluster(cluster), serveAws(aws)]);
  const transport = createHttpsTransport({ server: server.url, ca: server.ca });
  return {
    name: 'demo',
    where: `the sandbox's cluster demo (${server.url})`,
    kubectl: [],
    transport,
    cluster: createKubeCluster(transport, { leaseNamespace, reportingInstance: 'enl' }),
    aws: { region: demoRegion, endpoint: awsServer.url, credentials: awsServer.credentials },
    sandbox: { defaultNode: demoNodes[0].name, groupName },
    close: async () => {
      transport.close();
      ending.abort();
      await growing;
      cluster.stop();
      await Promise.all([server.close(), awsServer.close()]);
    },
  };
}

type DemoCluster = ReturnType<typeof createCluster>;

/** What no drain evicts unasked, on the two last nodes. */
function blockersOf([, , cached, unmanaged]: readonly DemoNode[]): Manifest[] {
  return [...(cached ? [localCache(cached.name)] : []), ...(unmanaged ? [unmanagedPod(unmanaged.name)] : [])];
}

/** The first node while it is the only one, so that its pods are known; then the rest. */
async function populate(cluster: DemoCluster, blockers: Manifest[], signal: AbortSignal): Promise<void> {
  const [first, ...others] = demoNodes;
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: leaseNamespace } });
  cluster.apply([...everywhere, nodeManifest(first), ...firstWorkloads(first.name, first.zone)]);
  await settled(cluster, signal);
  cluster.apply([...others.map((node) => nodeManifest(node)), ...blockers]);
  for (const [path, replicas] of Object.entries(grown)) await patch(cluster, path, { spec: { replicas } });
  cluster.apply(otherWorkloads);
  await settled(cluster, signal);
}
