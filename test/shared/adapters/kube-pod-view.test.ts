import { describe, expect, it } from 'vitest';
import { podView } from '../../../shared/adapters/kube-pod-view.ts';

type Pod = Parameters<typeof podView>[0];
type Spec = NonNullable<Pod['spec']>;
const withSpec = (spec: Partial<Spec>, rest: Pod = {}) =>
  podView({ metadata: { name: 'web-0' }, ...rest, spec: { containers: [], ...spec } });

describe('a pod', () => {
  it('is what a decision needs of it', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6c', uid: 'rs-1' };
    const other = { apiVersion: 'example.org/v1', kind: 'App', name: 'web', uid: 'app-1' };
    const view = podView({
      metadata: {
        namespace: 'shop',
        name: 'web-0',
        uid: 'u-1',
        labels: { app: 'web' },
        annotations: { a: 'b' },
        ownerReferences: [other, { ...owner, controller: true, blockOwnerDeletion: true }],
        creationTimestamp: '2026-01-01T00:00:00Z',
        deletionTimestamp: '2026-01-01T01:00:30Z',
        deletionGracePeriodSeconds: 30,
        finalizers: ['example.org/hold'],
      },
      spec: { containers: [], nodeName: 'worker-1', terminationGracePeriodSeconds: 0, priorityClassName: 'gold' },
      status: {
        phase: 'Running',
        startTime: '2026-01-01T00:00:01.500000Z',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    });
    expect(view).toEqual({
      namespace: 'shop',
      name: 'web-0',
      uid: 'u-1',
      nodeName: 'worker-1',
      phase: 'Running',
      ready: true,
      labels: { app: 'web' },
      annotations: { a: 'b' },
      controller: owner,
      owners: [other, owner],
      priorityClassName: 'gold',
      graceSeconds: 0,
      createdAt: Date.UTC(2026, 0, 1),
      startedAt: Date.UTC(2026, 0, 1, 0, 0, 1, 500),
      deletionAt: Date.UTC(2026, 0, 1, 1, 0, 30),
      deletionGraceSeconds: 30,
      finalizers: ['example.org/hold'],
      localDataVolumes: [],
      claims: [],
      toleratesUnschedulable: false,
    });
  });

  it('has defaults where the server leaves fields out', () => {
    expect(podView({})).toEqual({
      namespace: '',
      name: '',
      uid: '',
      nodeName: undefined,
      phase: 'Unknown',
      ready: false,
      labels: {},
      annotations: {},
      controller: undefined,
      owners: [],
      priorityClassName: undefined,
      graceSeconds: 30,
      createdAt: 0,
      startedAt: undefined,
      deletionAt: undefined,
      deletionGraceSeconds: undefined,
      finalizers: [],
      localDataVolumes: [],
      claims: [],
      toleratesUnschedulable: false,
    });
  });

  it.each([
    [[{ type: 'Ready', status: 'False' }], false],
    [[{ type: 'Ready', status: 'Unknown' }], false],
    [[{ type: 'ContainersReady', status: 'True' }], false],
    [
      [
        { type: 'Initialized', status: 'True' },
        { type: 'Ready', status: 'True' },
      ],
      true,
    ],
  ])('with conditions %j is ready: %s', (conditions, ready) => {
    expect(podView({ status: { conditions } }).ready).toBe(ready);
  });

  it('T14 counts an emptyDir as local data unless it is in memory', () => {
    const volumes = [
      { name: 'scratch', emptyDir: {} },
      { name: 'disk', emptyDir: { medium: '', sizeLimit: '1Gi' } },
      { name: 'huge', emptyDir: { medium: 'HugePages' } },
      { name: 'shm', emptyDir: { medium: 'Memory' } },
      { name: 'host', hostPath: { path: '/var/log' } },
      { name: 'config', configMap: { name: 'web' } },
    ];
    expect(withSpec({ volumes }).localDataVolumes).toEqual(['scratch', 'disk', 'huge']);
  });

  it('mounts the claims it names and those made for it', () => {
    const volumes = [
      { name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } },
      { name: 'cache', ephemeral: {} },
      { name: 'scratch', emptyDir: {} },
    ];
    expect(withSpec({ volumes }).claims).toEqual(['data-web-0', 'web-0-cache']);
  });
});

describe('toleration of the taint of a cordoned node', () => {
  const key = 'node.kubernetes.io/unschedulable';
  it.each([
    [{ operator: 'Exists' }, true],
    [{ operator: 'Exists', effect: 'NoSchedule' }, true],
    [{ operator: 'Exists', effect: 'NoExecute' }, false],
    [{ operator: 'Exists', key: '', effect: '' }, true],
    [{ key, operator: 'Exists' }, true],
    [{ key, operator: 'Exists', effect: 'NoSchedule' }, true],
    [{ key, operator: 'Exists', effect: 'PreferNoSchedule' }, false],
    [{ key }, true],
    [{ key, operator: 'Equal', value: '' }, true],
    [{ key, operator: 'Equal', value: 'true' }, false],
    [{ key, value: 'true' }, false],
    [{ key, operator: 'Gt', value: '0' }, false],
    [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists' }, false],
    [{ key: 'dedicated', operator: 'Equal', value: 'gpu' }, false],
  ])('%j: %s', (toleration, expected) => {
    const others = [{ key: 'dedicated', operator: 'Exists' }];
    expect(withSpec({ tolerations: [...others, toleration] }).toleratesUnschedulable).toBe(expected);
  });
});
