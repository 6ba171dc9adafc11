import type { V1OwnerReference, V1Pod, V1PodStatus, V1Toleration, V1Volume } from '@kubernetes/client-node';
import type { OwnerView, PodView, WaitingView } from '../lifecycle/pod.ts';
import { instantOf, type Wire } from './kube-wire.ts';

/** Kubernetes' own default: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination */
const defaultGraceSeconds = 30;

const phases = ['Pending', 'Running', 'Succeeded', 'Failed'] as const;

export function podView({ metadata = {}, spec, status }: Wire<V1Pod>): PodView {
  const owners = metadata.ownerReferences ?? [];
  const controller = owners.find((owner) => owner.controller);
  const volumes = spec?.volumes ?? [];
  const name = metadata.name ?? '';
  const waiting = waitingView(status);
  const addresses = (status?.podIPs ?? []).map(({ ip }) => ip).filter((ip) => ip !== undefined);
  const unschedulable = whyUnschedulable(status);
  return {
    namespace: metadata.namespace ?? '',
    name,
    uid: metadata.uid ?? '',
    nodeName: spec?.nodeName,
    phase: phases.find((phase) => phase === status?.phase) ?? 'Unknown',
    ready: (status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    controller: controller && ownerView(controller),
    owners: owners.map(ownerView),
    priorityClassName: spec?.priorityClassName,
    graceSeconds: spec?.terminationGracePeriodSeconds ?? defaultGraceSeconds,
    createdAt: metadata.creationTimestamp === undefined ? 0 : instantOf(metadata.creationTimestamp),
    startedAt: status?.startTime === undefined ? undefined : instantOf(status.startTime),
    deletionAt: metadata.deletionTimestamp === undefined ? undefined : instantOf(metadata.deletionTimestamp),
    deletionGraceSeconds: metadata.deletionGracePeriodSeconds,
    finalizers: metadata.finalizers ?? [],
    localDataVolumes: volumes.filter(isLocalData).map((volume) => volume.name),
    claims: volumes.map((volume) => claimOf(volume, name)).filter((claim) => claim !== undefined),
    toleratesUnschedulable: (spec?.tolerations ?? []).some(toleratesUnschedulable),
    ...(waiting ? { waiting } : {}),
    ...(addresses.length > 0 && { addresses }),
    ...(unschedulable === undefined ? {} : { unschedulable }),
  };
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-conditions */
function whyUnschedulable(status: Wire<V1PodStatus> | undefined): string | undefined {
  const scheduled = (status?.conditions ?? []).find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  return scheduled.message ?? scheduled.reason ?? '';
}

/** Init containers first, which the others wait for. One that ended in failure waits for nothing yet, but says as much. */
function waitingView(status: Wire<V1PodStatus> | undefined): WaitingView | undefined {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const { name: container, state } of containers) {
    const failed = state?.terminated && state.terminated.exitCode !== 0 ? state.terminated : undefined;
    const { reason, message } = state?.waiting ?? failed ?? {};
    if (reason) return { container, reason, ...(message ? { message } : {}) };
  }
  return undefined;
}

function ownerView({ apiVersion, kind, name, uid }: Wire<V1OwnerReference>): OwnerView {
  return { apiVersion, kind, name, uid };
}

function isLocalData({ emptyDir }: Wire<V1Volume>): boolean {
  return emptyDir !== undefined && emptyDir.medium !== 'Memory';
}

/** A generic ephemeral volume has a claim of its own: https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#persistentvolumeclaim-naming */
function claimOf(volume: Wire<V1Volume>, pod: string): string | undefined {
  return volume.ephemeral ? `${pod}-${volume.name}` : volume.persistentVolumeClaim?.claimName;
}

/** The scheduler's rule, for the taint of a cordoned node: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function toleratesUnschedulable({ key, operator, effect, value }: Wire<V1Toleration>): boolean {
  if (effect && effect !== 'NoSchedule') return false;
  if (key && key !== 'node.kubernetes.io/unschedulable') return false;
  if (operator === 'Exists') return true;
  return (!operator || operator === 'Equal') && !value;
}
