import { describe, expect, it } from 'vitest';
import { budget, node, pod, running, smallCluster, workload } from './small-cluster.ts';

function started(...manifests: Parameters<ReturnType<typeof smallCluster>['cluster']['apply']>[0][]) {
  const world = smallCluster();
  world.cluster.apply([node('n1'), node('n2'), ...manifests.flat()]);
  world.cluster.start();
  return world;
}

describe('the controllers of the model', () => {
  it('do the same in every run, to the last uid and resourceVersion', async () => {
    const run = async () => {
      const world = started(workload('Deployment', 'web', { replicas: 5 }), budget('web', { maxUnavailable: 1 }));
      await world.seconds(5);
      for (const name of world.names()) await world.evict(name);
      await world.seconds(30);
      return [world.cluster.list('pods'), world.cluster.list('poddisruptionbudgets')];
    };
    expect(await run()).toEqual(await run());
  });

  it('spread pods over the nodes and leave a pod waiting when none has room', async () => {
    const status = { allocatable: { pods: '2' }, conditions: [{ type: 'Ready', status: 'True' }] };
    const world = smallCluster();
    world.cluster.apply([
      node('n1', { status }),
      node('n2', { status }),
      workload('Deployment', 'web', { replicas: 5 }),
    ]);
    world.cluster.start();
    await world.seconds(5);
    const nodes = world.cluster.list('pods').map(({ spec }) => spec.nodeName);
    expect(nodes.sort()).toEqual(['n1', 'n1', 'n2', 'n2', undefined]);
    const waiting = world.cluster.list('pods').find(({ spec }) => !spec.nodeName);
    expect(waiting?.status.conditions).toMatchObject([{ message: '0/2 nodes are available: 2 Too many pods.' }]);
    world.cluster.apply(node('n3', { status }));
    await world.seconds(1);
    expect(world.pod(waiting?.metadata.name ?? '')?.spec.nodeName).toBe('n3');
  });

  it('count a finished pod neither as a replica nor against the room of its node', async () => {
    const status = { allocatable: { pods: '1' }, conditions: [{ type: 'Ready', status: 'True' }] };
    const world = smallCluster();
    const annotations = { 'sandbox/finish-after': '10s' };
    world.cluster.apply([
      node('n1', { status }),
      workload('Deployment', 'web', { replicas: 1 }, { metadata: { annotations } }),
    ]);
    world.cluster.start();
    await world.seconds(15);
    const phases = world.cluster.list('pods').map(({ spec, status: { phase } }) => `${spec.nodeName} ${phase}`);
    expect(phases).toEqual(['n1 Succeeded', 'n1 Running']);
  });

  it('give up the pods that serve least when a Deployment shrinks', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 1 }));
    await world.seconds(5);
    const [serving] = world.names();
    for (const name of ['n1', 'n2']) world.cluster.apply(node(name, { spec: { unschedulable: true } }));
    world.cluster.apply(workload('Deployment', 'web', { replicas: 2 }));
    await world.seconds(5);
    expect(world.names()).toHaveLength(2);
    world.cluster.apply(workload('Deployment', 'web', { replicas: 1 }));
    await world.seconds(5);
    expect(world.names()).toEqual([serving]);
  });

  it('roll a Deployment within its surge and its unavailability, also from two old templates at once', async () => {
    const world = smallCluster();
    const template = (image: string) => ({ spec: { containers: [{ name: 'main', image }] } });
    world.cluster.apply([node('n1'), node('n2'), workload('Deployment', 'web', { replicas: 4 }, template('one'))]);
    world.cluster.start();
    await world.seconds(10);
    const images = () =>
      world.cluster.list('pods').map(({ spec }) => (spec as { containers: { image: string }[] }).containers[0]?.image);
    const roll = async (image: string, seconds: number) => {
      world.cluster.apply(workload('Deployment', 'web', { replicas: 4 }, template(image)));
      for (let tenth = 0; tenth < seconds * 10; tenth++) {
        await world.clock.advance(100);
        const pods = world.cluster.list('pods').filter(({ metadata }) => metadata.deletionTimestamp === undefined);
        const ready = pods.filter(({ status }) =>
          status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
        );
        expect(pods.length).toBeLessThanOrEqual(5);
        expect(ready.length).toBeGreaterThanOrEqual(3);
      }
    };
    await roll('two', 1.5);
    expect(new Set(images())).toEqual(new Set(['one', 'two']));
    await roll('three', 20);
    expect(images()).toEqual(Array(4).fill('three'));
  });

  it('give a DaemonSet pod to a node that comes later', async () => {
    const world = started(workload('DaemonSet', 'agent', {}));
    await world.seconds(5);
    world.cluster.apply(node('n3'));
    await world.seconds(5);
    expect(world.cluster.list('pods').map(({ spec }) => spec.nodeName)).toEqual(['n1', 'n2', 'n3']);
  });

  it('replace no pod in a namespace that is going away', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 1 }));
    await world.seconds(5);
    await world.ask({ method: 'DELETE', path: '/api/v1/namespaces/default' });
    await world.remove(world.names()[0] ?? '');
    await world.seconds(3);
    expect(world.names()).toEqual([]);
  });

  it('T34: place a pod on a cordoned node only if it tolerates the cordon', async () => {
    const cordoned = node('n1', { spec: { unschedulable: true } });
    const tolerations = [{ operator: 'Exists' }];
    const world = smallCluster();
    world.cluster.apply([
      cordoned,
      pod('shy', { spec: { nodeName: '' } }),
      pod('bold', { spec: { nodeName: '', tolerations } }),
    ]);
    world.cluster.start();
    await world.seconds(3);
    expect([world.pod('shy')?.spec.nodeName, world.pod('bold')?.spec.nodeName]).toEqual(['', 'n1']);
  });

  it('start the pods of a StatefulSet one after the other, with their claims', async () => {
    const annotations = { 'sandbox/ready-after': '10s' };
    const spec = { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
    const world = started(workload('StatefulSet', 'db', spec, { metadata: { annotations } }));
    await world.seconds(5);
    expect(world.names()).toEqual(['db-0']);
    await world.seconds(8);
    expect(world.names()).toEqual(['db-0', 'db-1']);
    expect(world.pod('db-1')?.spec.volumes).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data-db-1' } },
    ]);
  });

  it('run a Job to its end, with another pod for one that is evicted', async () => {
    const annotations = { 'sandbox/finish-after': '60s' };
    const world = started(workload('Job', 'batch', { completions: 2, parallelism: 2 }, { metadata: { annotations } }));
    await world.seconds(10);
    const [first] = world.names();
    await world.evict(first ?? '');
    await world.seconds(55);
    expect(world.cluster.get('jobs', 'batch')?.status).toMatchObject({ succeeded: 1, active: 1 });
    await world.seconds(20);
    expect(world.cluster.get('jobs', 'batch')?.status).toMatchObject({
      succeeded: 2,
      active: 0,
      conditions: [{ type: 'Complete', status: 'True' }],
    });
  });

  it('give a spent disruption back after two minutes when the pod was not deleted', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 2 }), budget('web', { minAvailable: 1 }));
    await world.seconds(5);
    const [name = ''] = world.names();
    const left = () => world.cluster.get('poddisruptionbudgets', 'web')?.status;
    expect((await world.evict(name, { preconditions: { uid: 'other' } })).status).toBe(409);
    await world.seconds(115);
    expect(left()).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [name]: expect.any(String) } });
    await world.seconds(10);
    expect(left()).toMatchObject({ disruptionsAllowed: 1 });
    expect(left()).not.toHaveProperty('disruptedPods');
  });

  it('count no terminating pod as healthy', async () => {
    const slow = { labels: { app: 'web' }, annotations: { 'sandbox/stop-after': '25s' } };
    const world = started(pod('a', slow), pod('b', slow), budget('web', { minAvailable: 1 }));
    await world.seconds(5);
    await world.remove('a');
    await world.seconds(1);
    const status = world.cluster.get('poddisruptionbudgets', 'web')?.status;
    expect(status).toMatchObject({ currentHealthy: 1, expectedPods: 2, disruptionsAllowed: 0 });
  });

  it('T52: fail to sync a budget over pods whose controller is not known', async () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'lost', uid: 'lost', controller: true };
    const lost = pod('p', { labels: { app: 'lost' }, ownerReferences: [owner] });
    const world = started(lost, budget('lost', { maxUnavailable: 1 }));
    await world.seconds(5);
    expect(world.cluster.get('poddisruptionbudgets', 'lost')?.status).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [{ status: 'False', reason: 'SyncFailed', message: 'found no controllers for pod "p"' }],
    });
  });

  it('T60: ten evictions at once under a budget that allows ten are all accepted', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 10 }), budget('web', { minAvailable: 0 }));
    await world.seconds(5);
    const answers = await Promise.all(world.names().map((name) => world.evict(name)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
  });

  it('T114: detach a volume some seconds after the last pod that mounts it has left the node', async () => {
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: { claimRef: { namespace: 'default', name: 'data' } },
    };
    const attachment = (nodeName: string) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: `va-${nodeName}`, annotations: { 'sandbox/detach-after': '20s' } },
      spec: { nodeName, attacher: 'ebs.csi.aws.com', source: { persistentVolumeName: 'pv' } },
    });
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    const pods = ['a', 'b'].map((name) => pod(name, { spec: { volumes }, status: running }));
    const world = started(volume, attachment('n1'), attachment('n2'), ...pods);
    const attached = () => world.cluster.list('volumeattachments').map(({ metadata }) => metadata.name);
    await world.seconds(5);
    await world.evict('a');
    await world.seconds(60);
    expect(attached()).toEqual(['va-n1', 'va-n2']);
    await world.evict('b');
    await world.seconds(20);
    expect(attached()).toEqual(['va-n1', 'va-n2']);
    await world.seconds(2);
    expect(attached()).toEqual(['va-n2']);
  });

  it('remove the pods of a node that is gone, and put them elsewhere', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 2 }));
    await world.seconds(5);
    world.cluster.remove('nodes', 'n1');
    await world.seconds(50);
    expect(world.cluster.list('pods').map(({ spec }) => spec.nodeName)).toEqual(['n2', 'n2']);
  });

  it('stop with the cluster', async () => {
    const world = started(workload('Deployment', 'web', { replicas: 2 }));
    await world.seconds(5);
    world.cluster.stop();
    await world.evict(world.names()[0] ?? '');
    await world.seconds(600);
    expect(world.names()).toHaveLength(2);
    await expect(world.clock.runUntil(new Promise(() => {}))).rejects.toThrow('no timer is left');
  });
});
