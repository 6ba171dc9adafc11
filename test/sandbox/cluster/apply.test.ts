import { describe, expect, it } from 'vitest';
import { budget, node, pod, running, smallCluster } from './small-cluster.ts';

describe('apply', () => {
  it('makes the namespace that an object needs', () => {
    const { cluster } = smallCluster();
    cluster.apply(pod('p', { namespace: 'team' }));
    expect(cluster.get('namespaces', 'team')).toMatchObject({ status: { phase: 'Active' } });
    expect(cluster.list('pods', 'team')).toHaveLength(1);
  });

  it('replaces an object under its identity, and counts the change of its spec', () => {
    const { cluster } = smallCluster();
    cluster.apply(budget('web', { minAvailable: 1 }));
    const before = cluster.get('poddisruptionbudgets', 'web')?.metadata;
    cluster.apply(budget('web', { minAvailable: 2 }));
    const after = cluster.get('poddisruptionbudgets', 'web')?.metadata;
    expect(after).toMatchObject({ uid: before?.uid, creationTimestamp: before?.creationTimestamp, generation: 2 });
    cluster.apply(budget('web', { minAvailable: 2 }));
    expect(cluster.get('poddisruptionbudgets', 'web')?.metadata).toEqual(after);
  });

  it('keeps a status that the manifest does not give', () => {
    const { cluster } = smallCluster();
    cluster.apply(node('n1', { status: { conditions: [{ type: 'Ready', status: 'True' }] } }));
    cluster.apply(node('n1', { spec: { unschedulable: true } }));
    expect(cluster.get('nodes', 'n1')).toMatchObject({
      spec: { unschedulable: true },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
  });

  it('lets a pod go that lost its last finalizer when it was to be deleted', async () => {
    const { cluster, remove, names } = smallCluster();
    cluster.apply(pod('p', { finalizers: ['example.com/hold'], status: running }));
    await remove('p', { gracePeriodSeconds: 0 });
    expect(names()).toEqual(['p']);
    cluster.apply(pod('p', { status: running }));
    expect(names()).toEqual([]);
  });

  it('knows no kind that the model has no use for', () => {
    const { cluster } = smallCluster();
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } };
    expect(() => cluster.apply(service)).toThrow('no kind v1 Service in the model');
  });
});
