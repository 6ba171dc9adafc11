import type { ApiAnswer } from './lifecycle/api-failure.ts';
import type { DaemonSetView } from './lifecycle/daemon-set.ts';
import type { DeploymentView } from './lifecycle/deployment.ts';
import type { AttachmentView, BudgetView, NodeView, TaintView } from './lifecycle/node.ts';
import type { PodRef, PodView } from './lifecycle/pod.ts';

/** One Kubernetes cluster. Every method answers with a value or an ApiFailure; it throws only for its caller's own abort. */
export interface ClusterPort {
  /** Nodes whose `spec.providerID` ends in `/<instanceId>`. */
  findNodes(instanceId: string, signal: AbortSignal): Promise<ApiAnswer<NodeView[]>>;
  getNode(name: string, signal: AbortSignal): Promise<ApiAnswer<NodeView>>;
  /** The node of that name, or none, and where a watch goes on from. */
  listNode(name: string, signal: AbortSignal): Promise<ApiAnswer<Listed<NodeView>>>;
  /** The node of that name alone, whether it is there already or not. */
  watchNode(name: string, resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent<NodeView>>;
  /** A JSON merge patch; put `metadata.resourceVersion` in it to be refused (409) on a concurrent change. */
  patchNode(
    name: string,
    patch: NodePatch,
    signal: AbortSignal,
    options?: { dryRun?: boolean },
  ): Promise<ApiAnswer<NodeView>>;
  /** Annotations of the nodes that are cordoned and carry the label that takes a node out of load balancers. */
  listMarkedNodes(
    signal: AbortSignal,
  ): Promise<ApiAnswer<{ name: string; annotations: Readonly<Record<string, string>> }[]>>;
  listPods(nodeName: string, signal: AbortSignal): Promise<ApiAnswer<Listed<PodView>>>;
  getPod(pod: Pick<PodRef, 'namespace' | 'name'>, signal: AbortSignal): Promise<ApiAnswer<PodView>>;
  /** Pods of a namespace, for diagnosis and for the replacement of a forced one. */
  listPodsOfNamespace(namespace: string, signal: AbortSignal): Promise<ApiAnswer<PodView[]>>;
  /** Always with a UID precondition. */
  evictPod(
    pod: PodRef,
    options: { graceSeconds?: number; dryRun?: boolean },
    signal: AbortSignal,
  ): Promise<ApiAnswer<void>>;
  /** Always with a UID precondition; graceSeconds ≥ 1. */
  deletePod(
    pod: PodRef,
    options: { graceSeconds: number; dryRun?: boolean },
    signal: AbortSignal,
  ): Promise<ApiAnswer<void>>;
  listBudgets(signal: AbortSignal): Promise<ApiAnswer<Listed<BudgetView>>>;
  watchPods(nodeName: string, resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent<PodView>>;
  watchBudgets(resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent<BudgetView>>;
  listAttachments(signal: AbortSignal): Promise<ApiAnswer<AttachmentView[]>>;
  /** A 404 failure when it is gone. */
  getDaemonSet(namespace: string, name: string, signal: AbortSignal): Promise<ApiAnswer<DaemonSetView>>;
  getDeployment(deployment: DeploymentRef, signal: AbortSignal): Promise<ApiAnswer<DeploymentView>>;
  /** As `kubectl rollout restart`; a 409 failure when it has changed since `resourceVersion`. */
  restartDeployment(
    deployment: DeploymentRef,
    restart: { restartedAt: string; resourceVersion: string },
    signal: AbortSignal,
  ): Promise<ApiAnswer<DeploymentView>>;
  /** ARNs of the roles that the ConfigMap kube-system/aws-auth maps, as they are written there; a 404 failure when there is none. */
  listMappedRoles(signal: AbortSignal): Promise<ApiAnswer<readonly string[]>>;
  /** The volume that a claim is bound to. */
  getClaimVolume(namespace: string, claim: string, signal: AbortSignal): Promise<ApiAnswer<ClaimVolume>>;
  getVolume(name: string, signal: AbortSignal): Promise<ApiAnswer<VolumeView>>;
  /** SelfSubjectAccessReview. */
  mayI(access: AccessQuestion, signal: AbortSignal): Promise<ApiAnswer<boolean>>;
  /** A core/v1 Event with a name of the caller's choice: a 409 means that it was written before. */
  createEvent(event: ClusterEvent, signal: AbortSignal): Promise<ApiAnswer<void>>;
  getLease(name: string, signal: AbortSignal): Promise<ApiAnswer<LeaseView>>;
  createLease(lease: LeaseDraft, signal: AbortSignal): Promise<ApiAnswer<LeaseView>>;
  /** Replaces the lease; 409 when `resourceVersion` is stale. */
  updateLease(lease: LeaseDraft & { resourceVersion: string }, signal: AbortSignal): Promise<ApiAnswer<LeaseView>>;
}

export interface Listed<T> {
  items: T[];
  resourceVersion: string;
}

/** `expired`: the resourceVersion is too old, list again. `closed`: the server or the network ended the watch; start again. */
export type WatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T; resourceVersion: string }
  | { type: 'BOOKMARK'; resourceVersion: string }
  | { type: 'expired' }
  | { type: 'closed'; reason: string };

export interface NodePatch {
  metadata?: {
    resourceVersion?: string;
    uid?: string;
    labels?: Record<string, string | null>;
    annotations?: Record<string, string | null>;
  };
  /** A list of taints replaces the whole list. */
  spec?: { unschedulable?: boolean | null; taints?: readonly TaintView[] };
}

/** One PersistentVolume. */
export interface VolumeView {
  /** Hostnames in the required node affinity of a volume (a local volume); empty when it can move. */
  hostnames: readonly string[];
  /** How `status.volumesAttached` of a node names it; undefined for a volume that no CSI driver attaches. */
  attachedName: string | undefined;
}

export interface ClaimVolume extends VolumeView {
  /** undefined while the claim is not bound. */
  volumeName: string | undefined;
  /** As the claim asks for them, for example `ReadWriteOnce`. */
  accessModes: readonly string[];
}

export type DeploymentRef = Pick<DeploymentView, 'namespace' | 'name'>;

export interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}

export interface ClusterEvent {
  name: string;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** ISO 8601. */
  at: string;
  regarding:
    | { kind: 'Node'; name: string; uid: string }
    | { kind: 'Pod'; namespace: string; name: string; uid: string };
}

/** A coordination.k8s.io Lease in our own namespace. Instants are epoch milliseconds. */
export interface LeaseDraft {
  name: string;
  holder: string;
  durationSeconds: number;
  renewedAt: number;
  annotations: Record<string, string>;
}

export interface LeaseView extends LeaseDraft {
  resourceVersion: string;
}
