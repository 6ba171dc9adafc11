import { describe, expect, it } from 'vitest';
import type { OwnerView } from '../../../shared/lifecycle/pod.ts';
import { isSameWorkload, type Workload, workloadOf } from '../../../shared/lifecycle/workload.ts';
import { aPod, daemonSet } from './builders.ts';

const owner = (kind: string, name: string, apiVersion = 'apps/v1'): OwnerView => ({ apiVersion, kind, name, uid: 'u' });
const hash = { 'pod-template-hash': '5d8' };

describe('the workload of a pod', () => {
  it.each<[string, OwnerView | undefined, Record<string, string>, string | undefined]>([
    ['a Deployment, by its hash', owner('ReplicaSet', 'web-5d8'), hash, 'deployment shop/web'],
    ['a Deployment with dashes in its name', owner('ReplicaSet', 'web-5d8-5d8'), hash, 'deployment shop/web-5d8'],
    ['a ReplicaSet of another hash', owner('ReplicaSet', 'web-77c'), hash, 'replicaset shop/web-77c'],
    ['a ReplicaSet without a hash', owner('ReplicaSet', 'web-undefined'), {}, 'replicaset shop/web-undefined'],
    [
      'a ReplicaSet with an empty hash',
      owner('ReplicaSet', 'web-'),
      { 'pod-template-hash': '' },
      'replicaset shop/web-',
    ],
    ['a ReplicaSet that is nothing but a hash', owner('ReplicaSet', '-5d8'), hash, 'replicaset shop/-5d8'],
    ['a StatefulSet', owner('StatefulSet', 'db'), hash, 'statefulset shop/db'],
    ['a DaemonSet', daemonSet, {}, undefined],
    ['a ReplicaSet of another API', owner('ReplicaSet', 'web-5d8', 'example.com/v1'), hash, undefined],
    ['nothing', undefined, hash, undefined],
  ])('of %s', (_of, controller, labels, expected) => {
    const found = workloadOf(aPod({ namespace: 'shop', controller, labels }));
    expect(found && `${found.kind} ${found.namespace}/${found.name}`).toBe(expected);
  });

  it('is the same by kind, namespace and name', () => {
    const web: Workload = { kind: 'deployment', namespace: 'shop', name: 'web' };
    expect(isSameWorkload(web, { ...web })).toBe(true);
    for (const other of [
      { ...web, kind: 'statefulset' as const },
      { ...web, namespace: 'a' },
      { ...web, name: 'b' },
    ])
      expect(isSameWorkload(web, other)).toBe(false);
    expect(isSameWorkload(web, undefined)).toBe(false);
    expect(isSameWorkload(undefined, undefined)).toBe(false);
  });
});
