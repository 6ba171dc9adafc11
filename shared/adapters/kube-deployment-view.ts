import type { V1Deployment, V1DeploymentStatus } from '@kubernetes/client-node';
import { type DeploymentView, restartedAtAnnotation } from '../lifecycle/deployment.ts';
import { selectorView } from './kube-budget-view.ts';
import { instantOf, type Wire } from './kube-wire.ts';

/** The server's own: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/ */
const defaults = { replicas: 1, maxSurge: '25%', maxUnavailable: '25%' };

export function deploymentView({ metadata = {}, spec, status = {} }: Wire<V1Deployment>): DeploymentView {
  const { type, rollingUpdate = {} } = spec?.strategy ?? {};
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    generation: metadata.generation ?? 0,
    leaving: metadata.deletionTimestamp !== undefined,
    paused: spec?.paused ?? false,
    selector: spec?.selector && selectorView(spec.selector),
    replicas: spec?.replicas ?? defaults.replicas,
    strategy: type === 'Recreate' ? 'Recreate' : 'RollingUpdate',
    maxSurge: rollingUpdate.maxSurge ?? defaults.maxSurge,
    maxUnavailable: rollingUpdate.maxUnavailable ?? defaults.maxUnavailable,
    restartedAt: spec?.template?.metadata?.annotations?.[restartedAtAnnotation],
    observedGeneration: status.observedGeneration ?? 0,
    currentReplicas: status.replicas ?? 0,
    updatedReplicas: status.updatedReplicas ?? 0,
    progressedAt: progressedAt(status),
  };
}

/** False: it has missed its own deadline, and that is when the condition was written last. */
function progressedAt({ conditions = [] }: Wire<V1DeploymentStatus>): number | undefined {
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.status !== 'True' || progressing.lastUpdateTime === undefined) return undefined;
  return instantOf(progressing.lastUpdateTime);
}
