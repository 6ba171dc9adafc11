/** One Node as the drain sees it. Instants are epoch milliseconds. */
export interface NodeView {
  name: string;
  uid: string;
  resourceVersion: string;
  providerId: string | undefined;
  unschedulable: boolean;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  ready: 'True' | 'False' | 'Unknown';
  /** When the Ready condition last changed. */
  readySince: number | undefined;
  /** Of the Ready condition, as the kubelet or the node controller put it. */
  readyReason?: string;
  readyMessage?: string;
  taints: readonly TaintView[];
  /** `status.volumesAttached[].name`. */
  volumesAttached: readonly string[];
  /** Its addresses inside the VPC; absent when it tells none. */
  addresses?: readonly string[];
}

/** A taint is told from others by its key and effect together. */
export interface TaintView {
  key: string;
  value?: string;
  effect: string;
  /** When a NoExecute taint was added, as the server wrote it. */
  timeAdded?: string;
}

/** One PodDisruptionBudget. */
export interface BudgetView {
  namespace: string;
  name: string;
  uid: string;
  /** undefined matches no pod; an empty one matches all pods of the namespace. */
  selector: LabelSelectorView | undefined;
  minAvailable: number | string | undefined;
  maxUnavailable: number | string | undefined;
  disruptionsAllowed: number;
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
  generation: number;
  observedGeneration: number;
  unhealthyPodEvictionPolicy: 'IfHealthyBudget' | 'AlwaysAllow' | undefined;
  /** Why its pods could not be counted, for example since one has no controller that can be scaled: its numbers are those of before. */
  syncFailure?: string;
}

export interface LabelSelectorView {
  matchLabels: Readonly<Record<string, string>>;
  matchExpressions: readonly { key: string; operator: string; values: readonly string[] }[];
}

/** One storage.k8s.io VolumeAttachment. */
export interface AttachmentView {
  name: string;
  nodeName: string;
  /** `spec.source.persistentVolumeName`; undefined for inline volumes. */
  volumeName: string | undefined;
  /** How the node's status names an inline volume; undefined for a persistent one, whose own object says so. */
  inlineName: string | undefined;
  attached: boolean;
}
