import type { Manifest } from '../cluster/objects.ts';

/** The Node of the instance that goes. */
export const nodeName = 'ip-10-0-1-10.ec2.internal';

interface Workload {
  replicas?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Of the pod. */
  spec?: object;
}

/** Every pod here stops within a second or two and has a grace period to match, so that a scenario lasts seconds. */
const graceSeconds = 5;

export function node(name: string, instanceId: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { providerID: `aws:///us-east-1a/${instanceId}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { pods: '29' } },
  };
}

/** As a kubelet registers it, before it says how it is. */
export function nodeOf(name: string, instanceId: string, taints: { key: string; effect: string }[]): Manifest {
  const condition = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'container runtime is down' };
  return {
    ...node(name, instanceId),
    spec: { providerID: `aws:///us-east-1a/${instanceId}`, taints },
    status: { conditions: [condition], allocatable: { pods: '29' } },
  };
}

export const deployment = (name: string, workload: Workload = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: specOf(name, workload),
});

export const systemDeployment = (name: string, workload: Workload = {}): Manifest => ({
  ...deployment(name, workload),
  metadata: { name, namespace: 'kube-system' },
});

export const daemonSet = (name: string): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'kube-system' },
  spec: specOf(name, {
    annotations: { 'sandbox/ready-after': '100ms' },
    spec: { priorityClassName: 'system-node-critical' },
  }),
});

export const statefulSet = (name: string, claim: string, workload: Workload = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace: 'shop' },
  spec: { ...specOf(name, workload), volumeClaimTemplates: [{ metadata: { name: claim } }] },
});

/** A disruption budget for the pods of the workload of its name. */
export const budget = (name: string, spec: { minAvailable?: number; maxUnavailable?: number }): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'shop' },
  spec: { ...spec, selector: { matchLabels: { app: name } } },
});

/** A claim, the volume behind it, and its attachment to a node, which outlives the last pod that mounts it for a while. */
export function attachedVolume(claim: string, nodeName: string, detachAfter: string): Manifest[] {
  const volume = `pvc-${claim}`;
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim, namespace: 'shop' },
      spec: { volumeName: volume },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: volume },
      spec: { claimRef: { namespace: 'shop', name: claim } },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: `csi-${volume}`, annotations: { 'sandbox/detach-after': detachAfter } },
      spec: { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: volume } },
      status: { attached: true },
    },
  ];
}

function specOf(name: string, { replicas = 1, labels, annotations, spec }: Workload): object {
  return {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, ...labels }, annotations: { 'sandbox/ready-after': '1s', ...annotations } },
      spec: { terminationGracePeriodSeconds: graceSeconds, containers: [{ name: 'main', image: 'demo' }], ...spec },
    },
  };
}
