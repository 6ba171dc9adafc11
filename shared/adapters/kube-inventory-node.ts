import type { V1Node } from '@kubernetes/client-node';
import { readResources } from '../plan/resources.ts';
import type { PlanNode } from '../plan/snapshot.ts';
import { nodeView } from './kube-node-view.ts';
import { instantOf, type Wire } from './kube-wire.ts';

/** What a node that tells no limit may run: the kubelet's own default. https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
const defaultPods = 110;

export function inventoryNode(node: Wire<V1Node>): PlanNode {
  const { metadata = {}, status } = node;
  const labels = metadata.labels ?? {};
  return {
    ...nodeView(node),
    zone: labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'],
    createdAt: metadata.creationTimestamp === undefined ? 0 : instantOf(metadata.creationTimestamp),
    allocatable: { pods: defaultPods, ...readResources(status?.allocatable) },
    conditions: Object.fromEntries((status?.conditions ?? []).map((condition) => [condition.type, condition.status])),
  };
}
