/** What a scenario says about a pod; everything else is as a healthy pod of a ReplicaSet has it. */
export interface PodWish {
  /** The kind of its controller, which need not exist; `none` for a pod without one. */
  owner?: 'ReplicaSet' | 'ReplicationController' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'Node' | 'Widget' | 'none';
  /** Default: the pod's name. */
  ownerName?: string;
  ownerUid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  ready?: boolean;
  /** Default 30. */
  graceSeconds?: number;
  priorityClassName?: string;
  tolerations?: object[];
  volumes?: object[];
  /** ISO 8601; default a day ago. */
  startTime?: string;
}

const apiVersions: Record<string, string> = {
  ReplicationController: 'v1',
  Node: 'v1',
  Job: 'batch/v1',
  Widget: 'example.com/v1',
};

export function podManifest(name: string, nodeName: string, uid: string, wish: PodWish): object {
  const { owner = 'ReplicaSet', labels = {}, annotations = {}, finalizers, volumes, tolerations } = wish;
  const reference = {
    apiVersion: apiVersions[owner] ?? 'apps/v1',
    kind: owner,
    name: wish.ownerName ?? name,
    uid: wish.ownerUid ?? uid,
    controller: true,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app: name, ...labels },
      annotations,
      ...(finalizers && { finalizers }),
      ...(owner !== 'none' && { ownerReferences: [reference] }),
    },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: wish.graceSeconds ?? 30,
      containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
      ...(wish.priorityClassName !== undefined && { priorityClassName: wish.priorityClassName }),
      ...(tolerations && { tolerations }),
      ...(volumes && { volumes }),
    },
  };
}

export function podStatus({ phase = 'Running', ready = phase === 'Running', startTime }: PodWish, now: number): object {
  return {
    phase,
    startTime: startTime ?? new Date(now - 86_400_000).toISOString().replace(/\.\d+/, ''),
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
  };
}
