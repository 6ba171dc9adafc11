/** The parts of Kubernetes objects that the model knows; whatever else a manifest holds is stored and handed back as it came. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: object;
  status?: object;
}

export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
  /** Of the conditions of a Deployment alone. */
  lastUpdateTime?: string;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface Pod extends KubeObject {
  spec: {
    nodeName?: string;
    terminationGracePeriodSeconds?: number;
    restartPolicy?: string;
    tolerations?: Toleration[];
    nodeSelector?: Record<string, string>;
    volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
  };
  status: { phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'; conditions?: Condition[]; startTime?: string };
}

export interface Node extends KubeObject {
  spec: { unschedulable?: boolean; taints?: { key: string; value?: string; effect: string }[]; providerID?: string };
  status: {
    conditions?: Condition[];
    allocatable?: Record<string, string>;
    volumesAttached?: { name: string; devicePath: string }[];
  };
}

export interface Namespace extends KubeObject {
  spec: { finalizers?: string[] };
  status: { phase: 'Active' | 'Terminating' };
}

export interface Budget extends KubeObject {
  spec: {
    selector?: LabelSelector;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    unhealthyPodEvictionPolicy?: string;
  };
  status: {
    observedGeneration?: number;
    disruptionsAllowed: number;
    currentHealthy: number;
    desiredHealthy: number;
    expectedPods: number;
    disruptedPods?: Record<string, string>;
    conditions?: Condition[];
  };
}

export interface PodTemplate {
  metadata?: Pick<ObjectMeta, 'labels' | 'annotations' | 'finalizers'>;
  spec: Pod['spec'];
}

/** Deployment, ReplicaSet, StatefulSet, DaemonSet and Job. */
export interface Workload extends KubeObject {
  spec: {
    replicas?: number;
    selector?: LabelSelector;
    template: PodTemplate;
    minReadySeconds?: number;
    paused?: boolean;
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string } };
    podManagementPolicy?: string;
    volumeClaimTemplates?: { metadata: { name: string } }[];
    parallelism?: number;
    completions?: number;
  };
  status: Record<string, unknown>;
}

export type Attachment = KubeObject & {
  spec: { nodeName: string; source: { persistentVolumeName?: string; inlineVolumeSpec?: object } };
};

export type Volume = KubeObject & { spec: { claimRef?: { namespace: string; name: string } } };

/** Every resource of the model by its plural name. */
export interface ObjectTypes {
  namespaces: Namespace;
  nodes: Node;
  pods: Pod;
  events: KubeObject;
  configmaps: KubeObject;
  persistentvolumeclaims: KubeObject;
  persistentvolumes: Volume;
  poddisruptionbudgets: Budget;
  volumeattachments: Attachment;
  daemonsets: Workload;
  deployments: Workload;
  replicasets: Workload;
  statefulsets: Workload;
  jobs: Workload;
  leases: KubeObject;
}

export type ResourceName = keyof ObjectTypes;

/** What a person writes: the server fills in the rest of the metadata. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMeta> & ({ name: string } | { generateName: string });
  [field: string]: unknown;
}
