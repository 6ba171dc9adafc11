import type { ClusterPort } from '../cluster-port.ts';
import { kubeBudgets } from './kube-budgets.ts';
import { kubeDeployments } from './kube-deployments.ts';
import { kubeEvents } from './kube-events.ts';
import { kubeLeases } from './kube-leases.ts';
import { kubeLookups } from './kube-lookups.ts';
import { kubeNodes } from './kube-nodes.ts';
import { kubePods } from './kube-pods.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubeVolumes } from './kube-volumes.ts';

/** A cluster behind its API server. `reportingInstance` says in Kubernetes Events which of us wrote them. */
export function createKubeCluster(
  transport: KubeTransport,
  { leaseNamespace, reportingInstance }: { leaseNamespace: string; reportingInstance: string },
): ClusterPort {
  return {
    ...kubeNodes(transport),
    ...kubePods(transport),
    ...kubeBudgets(transport),
    ...kubeVolumes(transport),
    ...kubeLookups(transport),
    ...kubeDeployments(transport),
    ...kubeEvents(transport, reportingInstance),
    ...kubeLeases(transport, leaseNamespace),
  };
}
