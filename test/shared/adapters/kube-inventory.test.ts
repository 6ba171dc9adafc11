import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { serveCluster } from '../../../sandbox/cluster/serve-cluster.ts';
import { createHttpsTransport } from '../../../shared/adapters/https-transport.ts';
import { createKubeInventory } from '../../../shared/adapters/kube-inventory.ts';

const signal = new AbortController().signal;
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** What a client sees of these objects over HTTPS. */
async function inventoryOf(...manifests: Manifest[]) {
  const cluster = createCluster({ clock: createManualClock(Date.parse('2026-03-01T08:00:00Z')) });
  cluster.apply(manifests);
  const server = await serveCluster(cluster);
  const transport = createHttpsTransport({
    server: server.url,
    ca: server.ca,
    auth: async () => ({ authorization: 'Bearer t' }),
  });
  open.push(transport, server);
  return createKubeInventory(transport);
}

const node = (name: string, labels: Record<string, string> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { providerID: `aws:///us-east-1a/i-${name}`, taints: [{ key: 'gpu', value: 'a', effect: 'NoSchedule' }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'DiskPressure', status: 'False' },
    ],
    allocatable: { cpu: '3920m', memory: '7Gi', pods: '29', 'nvidia.com/gpu': '1' },
  },
});
const pod = (name: string, spec: object, status: object = { phase: 'Running' }): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'web', 'pod-template-hash': '5d8' } },
  spec: { containers: [], ...spec },
  status,
});

describe('the inventory over HTTPS', () => {
  it('lists nodes with what they have, and those with a label alone', async () => {
    const inventory = await inventoryOf(node('a', { 'topology.kubernetes.io/zone': 'z' }), node('b', { role: 'web' }));
    expect(await inventory.listNodes(undefined, signal)).toMatchObject({
      ok: true,
      value: [
        {
          name: 'a',
          zone: 'z',
          createdAt: Date.parse('2026-03-01T08:00:00Z'),
          allocatable: { cpu: 3920, memory: 7 * 2 ** 30, pods: 29, 'nvidia.com/gpu': 1 },
          conditions: { Ready: 'True', DiskPressure: 'False' },
          taints: [{ key: 'gpu', value: 'a', effect: 'NoSchedule' }],
        },
        { name: 'b', zone: undefined },
      ],
    });
    expect(await inventory.listNodes('role=web', signal)).toMatchObject({ ok: true, value: [{ name: 'b' }] });
    expect(await inventory.listNodes('a b', signal)).toMatchObject({ ok: false, failure: { code: 400 } });
  });

  it('lists pods that have not finished, with all that the scheduler asks about', async () => {
    const web = { labelSelector: { matchLabels: { app: 'web' } } };
    const spec = {
      nodeName: 'a',
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
      overhead: { cpu: '10m' },
      initContainers: [{ name: 'mesh', restartPolicy: 'Always', resources: { requests: { cpu: '50m' } } }],
      containers: [
        {
          name: 'main',
          resources: { requests: { cpu: '0.1', memory: '1Mi' } },
          ports: [{ hostPort: 80, containerPort: 8080 }, { containerPort: 9 }],
        },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
          },
        },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'host', ...web },
            { topologyKey: 'host', ...web, namespaceSelector: {} },
          ],
        },
      },
      topologySpreadConstraints: [
        {
          topologyKey: 'zone',
          maxSkew: 1,
          whenUnsatisfiable: 'DoNotSchedule',
          matchLabelKeys: ['pod-template-hash', 'none'],
          ...web,
        },
        { topologyKey: 'host', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', ...web },
      ],
      volumes: [
        { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'e', ephemeral: {} },
      ],
    };
    const inventory = await inventoryOf(
      pod('web-1', spec),
      pod('done', {}, { phase: 'Succeeded' }),
      pod('lost', {}, { phase: 'Failed' }),
    );
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [] };
    expect(await inventory.listPods(signal)).toMatchObject({
      ok: true,
      value: [
        {
          name: 'web-1',
          namespace: 'shop',
          requests: { cpu: 160, memory: 2 ** 20, pods: 1 },
          nodeSelector: { disk: 'ssd' },
          nodeTerms: [{ labels: [{ key: 'disk', operator: 'Exists', values: [] }], names: [] }],
          tolerations: [{ key: 'gpu', operator: 'Exists' }],
          hostPorts: [{ port: 80, protocol: 'TCP', ip: '' }],
          podAntiAffinity: [
            { topologyKey: 'host', namespaces: ['shop'], selector },
            { topologyKey: 'host', namespaces: 'all', selector },
          ],
          spreads: [
            {
              topologyKey: 'zone',
              maxSkew: 1,
              minDomains: 1,
              selector: { matchLabels: { app: 'web', 'pod-template-hash': '5d8' } },
              honorsAffinity: true,
              honorsTaints: false,
            },
          ],
          claims: ['data', 'web-1-e'],
          lastingClaims: ['data'],
          notSimulated: [],
        },
      ],
    });
  });

  it.each([
    ['by another scheduler', { schedulerName: 'volcano' }, /placed by volcano/],
    ['with devices', { resourceClaims: [{ name: 'gpu' }] }, /devices/],
    [
      'by namespaces with labels',
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'z', namespaceSelector: { matchLabels: { a: 'b' } } },
            ],
          },
        },
      },
      /namespaces by their labels/,
    ],
  ])('says of a pod that is placed %s what is not simulated', async (_, spec, text) => {
    const listed = await (await inventoryOf(pod('web-1', spec))).listPods(signal);
    expect(listed).toMatchObject({
      ok: true,
      value: [{ podAffinity: [], notSimulated: [expect.stringMatching(text)] }],
    });
  });

  it('takes every port of a pod in the network of its node', async () => {
    const spec = {
      hostNetwork: true,
      containers: [{ name: 'main', ports: [{ containerPort: 9, protocol: 'UDP', hostIP: '0.0.0.0' }] }],
    };
    const listed = await (await inventoryOf(pod('dns', spec))).listPods(signal);
    expect(listed).toMatchObject({ value: [{ hostPorts: [{ port: 9, protocol: 'UDP', ip: '' }] }] });
  });

  it('lists claims, volumes and DaemonSets', async () => {
    const terms = (key: string, ...values: string[]) => ({
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] },
    });
    const volume = (name: string, spec: object, labels = {}): Manifest => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, labels },
      spec,
    });
    const inventory = await inventoryOf(
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'shop' },
        spec: { volumeName: 'ebs' },
      },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'new', namespace: 'shop' }, spec: {} },
      volume('ebs', { nodeAffinity: terms('topology.ebs.csi.aws.com/zone', 'a') }),
      volume('efs', {}),
      volume('local', { nodeAffinity: terms('kubernetes.io/hostname', 'n-1') }),
      volume('old', {}, { 'topology.kubernetes.io/zone': 'a__b' }),
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent', namespace: 'kube-system', uid: 'u-1' },
        spec: { template: { spec: {} } },
      },
    );
    expect(await inventory.listClaims(signal)).toEqual({
      ok: true,
      value: [
        { namespace: 'shop', name: 'data', volumeName: 'ebs' },
        { namespace: 'shop', name: 'new', volumeName: undefined },
      ],
    });
    const inZone = (key: string, ...values: string[]) => [{ labels: [{ key, operator: 'In', values }], names: [] }];
    expect(await inventory.listVolumes(signal)).toEqual({
      ok: true,
      value: [
        { name: 'ebs', hostnames: [], nodeTerms: inZone('topology.ebs.csi.aws.com/zone', 'a') },
        { name: 'efs', hostnames: [], nodeTerms: undefined },
        { name: 'local', hostnames: ['n-1'], nodeTerms: inZone('kubernetes.io/hostname', 'n-1') },
        { name: 'old', hostnames: [], nodeTerms: inZone('topology.kubernetes.io/zone', 'a', 'b') },
      ],
    });
    const sets = await inventory.listDaemonSets(signal);
    expect(sets).toMatchObject({
      ok: true,
      value: [{ namespace: 'kube-system', name: 'agent', uid: expect.stringMatching(/./) }],
    });
  });
});
