import type { Manifest } from '../../sandbox/cluster/objects.ts';
import { attachedVolume, budget, daemonSet } from '../../sandbox/scenarios/manifests.ts';

interface Workload {
  namespace?: string;
  replicas?: number;
  /** Until a replacement is ready. */
  readyAfter?: string;
  requests?: Record<string, string>;
  spec?: object;
}

const graceSeconds = 5;

function workload(kind: 'Deployment' | 'StatefulSet', name: string, asked: Workload): Manifest {
  const { namespace = 'shop', replicas = 1, readyAfter = '1s', requests = { cpu: '100m', memory: '128Mi' } } = asked;
  const claims = kind === 'StatefulSet' ? { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } : {};
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      ...claims,
      template: {
        metadata: { labels: { app: name }, annotations: { 'sandbox/ready-after': readyAfter } },
        spec: {
          terminationGracePeriodSeconds: graceSeconds,
          containers: [{ name: 'main', image: 'demo', resources: { requests } }],
          ...asked.spec,
        },
      },
    },
  };
}

/** A volume of EBS stays in its zone. */
const pinnedTo = (zone: string) => (manifest: Manifest) =>
  manifest.kind === 'PersistentVolume'
    ? {
        ...manifest,
        spec: {
          ...(manifest.spec as object),
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }] },
              ],
            },
          },
        },
      }
    : manifest;

export const everywhere: readonly Manifest[] = [daemonSet('aws-node'), daemonSet('kube-proxy')];

/** On the node that is shown first: what a drain meets, and nothing that it would not evict unasked. */
export const firstWorkloads = (nodeName: string, zone: string): Manifest[] => [
  workload('Deployment', 'web', { replicas: 2, readyAfter: '2s', requests: { cpu: '250m', memory: '256Mi' } }),
  workload('Deployment', 'cart', { replicas: 2, readyAfter: '3s' }),
  budget('cart', { maxUnavailable: 1 }),
  workload('Deployment', 'billing', {}),
  workload('StatefulSet', 'db', { requests: { cpu: '500m', memory: '2Gi' } }),
  ...attachedVolume('data-db-0', nodeName, '2s').map(pinnedTo(zone)),
  workload('Deployment', 'coredns', {
    namespace: 'kube-system',
    spec: { priorityClassName: 'system-cluster-critical' },
  }),
];

/** Deployments of the first node that go on growing on the others, and so have pods beside it. */
export const grown: Readonly<Record<string, number>> = {
  '/apis/apps/v1/namespaces/shop/deployments/web': 4,
  '/apis/apps/v1/namespaces/shop/deployments/cart': 3,
  '/apis/apps/v1/namespaces/kube-system/deployments/coredns': 2,
};

/** Over the others, by the scheduler. */
export const otherWorkloads: readonly Manifest[] = [
  workload('Deployment', 'search', { replicas: 3 }),
  budget('search', { maxUnavailable: 1 }),
  workload('Deployment', 'mail', { replicas: 3 }),
];

/** What blocks a drain until somebody says what is to become of it. */
export const localCache = (nodeName: string): Manifest =>
  workload('Deployment', 'cache', {
    spec: { volumes: [{ name: 'scratch', emptyDir: {} }], nodeSelector: { 'kubernetes.io/hostname': nodeName } },
  });

export const unmanagedPod = (nodeName: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'debug', namespace: 'shop', labels: { app: 'debug' } },
  spec: { nodeName, terminationGracePeriodSeconds: graceSeconds, containers: [{ name: 'main', image: 'demo' }] },
});
