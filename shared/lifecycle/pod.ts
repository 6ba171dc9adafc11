/** One pod as the drain sees it: only what a decision needs. Instants are epoch milliseconds. */
export interface PodView {
  namespace: string;
  name: string;
  uid: string;
  nodeName: string | undefined;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  ready: boolean;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** The owner reference with `controller: true`. */
  controller: OwnerView | undefined;
  /** Every owner reference, the controller included. */
  owners: readonly OwnerView[];
  priorityClassName: string | undefined;
  graceSeconds: number;
  createdAt: number;
  /** `status.startTime`. */
  startedAt: number | undefined;
  /** `metadata.deletionTimestamp`: when the grace period ends, not when deletion was asked for. */
  deletionAt: number | undefined;
  deletionGraceSeconds: number | undefined;
  finalizers: readonly string[];
  /** Names of emptyDir volumes whose medium is not Memory. */
  localDataVolumes: readonly string[];
  /** Names of the persistent volume claims it mounts. */
  claims: readonly string[];
  toleratesUnschedulable: boolean;
  /** Those of the node for a pod in its network; absent before it has any. */
  addresses?: readonly string[];
  /** What its first container waits for that does not run, if one does not. */
  waiting?: WaitingView;
  /** Why the scheduler finds no node for it, in its own words. */
  unschedulable?: string;
}

/** As the kubelet puts it, for example `ImagePullBackOff`. */
export interface WaitingView {
  container: string;
  reason: string;
  message?: string;
}

export interface OwnerView {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
}

/** Enough to name one pod and no other of the same name. */
export type PodRef = Pick<PodView, 'namespace' | 'name' | 'uid'>;
