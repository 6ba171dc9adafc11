import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import { daemonSet, node, nodeName } from '../scenarios/manifests.ts';
import type { Scenario } from '../scenarios/scenario.ts';

const others = [
  node('ip-10-0-2-20.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'),
  node('ip-10-0-3-30.ec2.internal', 'i-0bbbbbbbbbbbbbbbb'),
];

/** Fills the cluster: the node that is to go while it is the only one, so that all pods are on it; then two more. A fleet likewise. */
export async function populate(
  cluster: Cluster,
  { workloads, joined = true, fleet, arrange }: Scenario,
  instanceId: string,
  signal: AbortSignal,
): Promise<void> {
  cluster.start();
  cluster.apply([daemonSet('aws-node'), daemonSet('kube-proxy')]);
  if (joined) {
    cluster.apply([...(fleet?.going ?? [node(nodeName, instanceId)]), ...workloads]);
    await allReady(cluster, signal);
  }
  cluster.apply(fleet?.staying ?? others);
  await allReady(cluster, signal);
  arrange?.(cluster);
}

async function allReady(cluster: Cluster, signal: AbortSignal): Promise<void> {
  do await realClock.sleep(20, signal);
  while (!isReady(cluster));
}

function isReady(cluster: Cluster): boolean {
  const replicated = [...cluster.list('deployments'), ...cluster.list('statefulsets')];
  const nodes = cluster.list('nodes').length;
  return (
    replicated.every(({ spec, status }) => status.readyReplicas === spec.replicas) &&
    cluster.list('daemonsets').every(({ status }) => status.numberReady === nodes)
  );
}
