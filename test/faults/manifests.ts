import type { Manifest } from '../../sandbox/cluster/objects.ts';
import type { BudgetSpec, WorkloadSpec } from './scenario.ts';

export const namespace = 'default';
export const zone = 'us-east-1a';

const wishAnnotations = {
  skip: { 'eks-node-lifecycle.io/drain': 'skip' },
  wait: { 'eks-node-lifecycle.io/drain': 'wait' },
  'do-not-disrupt': { 'karpenter.sh/do-not-disrupt': 'true' },
  'not-safe-to-evict': { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
} as const;

export function nodeManifest(
  name: string,
  instanceId: string,
  more: { unschedulable?: boolean; labels?: object } = {},
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...more.labels },
      annotations: { 'example.com/owner': 'someone else' },
    },
    spec: { providerID: `aws:///${zone}/${instanceId}`, ...(more.unschedulable ? { unschedulable: true } : {}) },
    status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { pods: '110' } },
  };
}

/** `nodeName`: where a pod of no controller of ours is put. */
export function workloadManifests(name: string, spec: WorkloadSpec, nodeName: string): Manifest[] {
  const { kind, replicas } = spec;
  const template = podTemplate(name, spec);
  const selector = { matchLabels: { app: name } };
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return [
        { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { replicas, selector, template } },
        ...(spec.volume ? volumes(name, nodeName) : []),
      ];
    case 'DaemonSet':
      return [{ apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { selector, template } }];
    case 'Job':
      return [
        {
          apiVersion: 'batch/v1',
          kind,
          metadata: { name, namespace },
          spec: { parallelism: replicas, completions: replicas + 2, template },
        },
      ];
    default:
      return [pod(name, spec, nodeName), ...(spec.volume ? volumes(name, nodeName) : [])];
  }
}

function pod(name: string, spec: WorkloadSpec, nodeName: string): Manifest {
  const { metadata, spec: podSpec } = podTemplate(name, spec);
  const owner = {
    mirror: { apiVersion: 'v1', kind: 'Node', name: nodeName, uid: 'of-the-node', controller: true },
    orphan: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'gone', uid: 'of-the-gone', controller: true },
  }[spec.kind as string];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name: `${name}-pod`,
      namespace,
      ...(owner ? { ownerReferences: [owner] } : {}),
      annotations: {
        ...metadata.annotations,
        ...(spec.kind === 'mirror' ? { 'kubernetes.io/config.mirror': 'x' } : {}),
      },
    },
    spec: { ...podSpec, nodeName },
    ...(spec.kind === 'finished' ? { status: { phase: 'Succeeded' } } : {}),
  };
}

function podTemplate(name: string, spec: WorkloadSpec) {
  const tolerations = spec.tolerates ? [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }] : [];
  const claim = { name: 'data', persistentVolumeClaim: { claimName: name } };
  return {
    metadata: {
      labels: { app: name, part: 'of-it' },
      annotations: {
        'sandbox/stop-after': spec.stopSeconds === 'never' ? 'never' : `${spec.stopSeconds}s`,
        'sandbox/ready-after': spec.readySeconds === 'never' ? 'never' : `${spec.readySeconds}s`,
        ...(spec.wish ? wishAnnotations[spec.wish] : {}),
        ...(spec.order === undefined ? {} : { 'eks-node-lifecycle.io/drain-order': String(spec.order) }),
      } as Record<string, string>,
      ...(spec.finalizer ? { finalizers: ['example.com/hold'] } : {}),
    },
    spec: {
      terminationGracePeriodSeconds: spec.graceSeconds,
      ...(spec.priority ? { priorityClassName: spec.priority } : {}),
      tolerations,
      volumes: [...(spec.emptyDir ? [{ name: 'scratch', emptyDir: {} }] : []), ...(spec.volume ? [claim] : [])],
    },
  };
}

function volumes(name: string, nodeName: string): Manifest[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace },
      spec: { volumeName: `pv-${name}` },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `pv-${name}` },
      spec: { claimRef: { namespace, name } },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: `va-${name}` },
      spec: { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: `pv-${name}` } },
      status: { attached: true },
    },
  ];
}

export function budgetManifest(name: string, { of, spec, alwaysAllow }: BudgetSpec, workloads: number): Manifest {
  const matchLabels = of < workloads ? { app: workloadName(of) } : { part: 'of-it' };
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace },
    spec: { selector: { matchLabels }, ...spec, ...(alwaysAllow ? { unhealthyPodEvictionPolicy: 'AlwaysAllow' } : {}) },
  };
}

export function workloadName(index: number): string {
  return `w${index}`;
}
