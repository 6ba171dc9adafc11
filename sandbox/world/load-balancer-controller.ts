import { realClock } from '../../shared/adapters/real-clock.ts';
import type { LoadBalancing } from '../aws/load-balancing.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import type { Node } from '../cluster/objects.ts';

const everyMs = 200;
const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers';
const ownTag = 'elbv2.k8s.aws/cluster';

/** The AWS Load Balancer Controller and the cloud provider's for Classic Load Balancers, until the signal aborts. */
export async function balanceNodes(
  { balancing, cluster }: { balancing: LoadBalancing; cluster: Cluster },
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    reconcileNodes(balancing, cluster);
    await realClock.sleep(everyMs, signal);
  }
}

/**
 * Registers every node in the groups of instances and the Classic Load Balancers that are tagged as a controller's, and takes out those that
 * carry the label: https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers
 */
export function reconcileNodes(balancing: LoadBalancing, cluster: Cluster): void {
  const nodes = cluster.list('nodes');
  const wanted = new Set(nodes.filter(isWanted).map(instanceOf));
  const unwanted = nodes.filter((node) => !isWanted(node)).map(instanceOf);
  for (const group of balancing.groups()) {
    if (group.type !== 'instance' || !(ownTag in group.tags)) continue;
    const here = balancing.targets(group).filter(({ state }) => state !== 'draining');
    const ids = new Set(here.map(({ id }) => id));
    for (const id of wanted) if (!ids.has(id)) balancing.registerTarget(group.name, id);
    for (const id of unwanted) if (ids.has(id)) balancing.deregisterTarget(group.name, { id });
  }
  for (const classic of balancing.classics()) {
    if (!('kubernetes.io/service-name' in classic.tags)) continue;
    const ids = new Set(balancing.instancesOf(classic));
    for (const id of wanted) if (!ids.has(id)) balancing.registerInstance(classic.name, id);
    for (const id of unwanted) if (ids.has(id)) balancing.deregisterInstance(classic.name, id);
  }
}

function isWanted({ metadata }: Node): boolean {
  return !(excluded in (metadata.labels ?? {}));
}

function instanceOf({ spec }: Node): string {
  return spec.providerID?.split('/').at(-1) ?? '';
}
