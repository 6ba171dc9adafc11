import { describe, expect, it } from 'vitest';
import { node, pod, smallCluster } from './small-cluster.ts';

function runningNode(...manifests: Parameters<ReturnType<typeof smallCluster>['cluster']['apply']>[0][]) {
  const world = smallCluster();
  world.cluster.apply([node('n1'), ...manifests.flat()]);
  world.cluster.start();
  const state = (name: string) => {
    const found = world.pod(name);
    const ready = found?.status.conditions?.find(({ type }) => type === 'Ready')?.status;
    return found && `${found.status.phase} ${ready}`;
  };
  return { ...world, state };
}

describe('the kubelet of the model', () => {
  it('makes a node Ready after its annotation says so, or leaves it as its manifest has it', async () => {
    const world = smallCluster();
    const broken = { conditions: [{ type: 'Ready', status: 'Unknown' }] };
    world.cluster.apply([
      node('soon'),
      node('late', { annotations: { 'sandbox/ready-after': '30s' } }),
      node('broken', { status: broken }),
    ]);
    world.cluster.start();
    const ready = () => world.cluster.list('nodes').map(({ status }) => status.conditions?.[0]?.status);
    await world.seconds(2);
    expect(ready()).toEqual(['True', undefined, 'Unknown']);
    await world.seconds(30);
    expect(ready()).toEqual(['True', 'True', 'Unknown']);
  });

  it('runs a pod after a second, or when its annotation says, or never makes it ready', async () => {
    const { state, seconds } = runningNode(
      pod('plain'),
      pod('slow', { annotations: { 'sandbox/ready-after': '10s' } }),
      pod('crashing', { annotations: { 'sandbox/ready-after': 'never' } }),
    );
    await seconds(2);
    expect([state('plain'), state('slow'), state('crashing')]).toEqual([
      'Running True',
      'Pending undefined',
      'Running False',
    ]);
    await seconds(10);
    expect(state('slow')).toBe('Running True');
  });

  it('ends a pod by itself when its annotation says so', async () => {
    const { state, seconds } = runningNode(pod('task', { annotations: { 'sandbox/finish-after': '30s' } }));
    await seconds(29);
    expect(state('task')).toBe('Running True');
    await seconds(3);
    expect(state('task')).toBe('Succeeded False');
  });

  it.each([
    ['after a second', {}, 30, 1],
    ['when its annotation says', { 'sandbox/stop-after': '12s' }, 30, 12],
    ['when its grace is over, if that is sooner', { 'sandbox/stop-after': '12s' }, 5, 5],
    ['when its grace is over, if it never stops', { 'sandbox/stop-after': 'never' }, 20, 20],
  ])('stops a pod %s', async (_title, annotations, grace, expected) => {
    const world = runningNode(pod('p', { annotations, spec: { terminationGracePeriodSeconds: grace } }));
    await world.seconds(5);
    await world.evict('p');
    await world.seconds(expected - 0.1);
    expect(world.names()).toEqual(['p']);
    await world.seconds(0.2);
    expect(world.names()).toEqual([]);
  });

  it('reports how a pod ended before it goes', async () => {
    const annotations = { 'sandbox/stop-after': 'never' };
    const world = runningNode(
      pod('willing'),
      pod('unwilling', { annotations, spec: { terminationGracePeriodSeconds: 3 } }),
    );
    await world.seconds(5);
    const { frames } = world.watch('/api/v1/pods');
    for (const name of ['willing', 'unwilling']) await world.evict(name);
    await world.seconds(5);
    const gone = frames.filter(({ type }) => type === 'DELETED').map(({ object }) => object);
    expect(gone).toMatchObject([
      { metadata: { name: 'willing' }, status: { phase: 'Succeeded' } },
      { metadata: { name: 'unwilling' }, status: { phase: 'Failed' } },
    ]);
  });

  it('T97: stops a pod sooner when its grace is shortened', async () => {
    const annotations = { 'sandbox/stop-after': 'never' };
    const world = runningNode(pod('p', { annotations, spec: { terminationGracePeriodSeconds: 600 } }));
    await world.seconds(5);
    await world.remove('p');
    await world.seconds(100);
    await world.remove('p', { gracePeriodSeconds: 130 });
    await world.seconds(29);
    expect(world.names()).toEqual(['p']);
    await world.seconds(2);
    expect(world.names()).toEqual([]);
  });

  it('leaves a stopped pod with finalizers until they are taken away', async () => {
    const world = runningNode(pod('p', { finalizers: ['example.com/hold'] }));
    await world.seconds(5);
    await world.evict('p');
    await world.seconds(60);
    expect(world.pod('p')).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 0 },
      status: { phase: 'Succeeded' },
    });
    await world.ask({
      method: 'PATCH',
      path: '/api/v1/namespaces/default/pods/p',
      contentType: 'application/merge-patch+json',
      body: { metadata: { finalizers: null } },
    });
    expect(world.names()).toEqual([]);
  });

  it('T77: does nothing on a node that is Ready=Unknown, and goes on when it is back', async () => {
    const world = runningNode(pod('p'));
    await world.seconds(5);
    world.cluster.apply(node('n1', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } }));
    await world.evict('p');
    await world.seconds(600);
    expect(world.names()).toEqual(['p']);
    world.cluster.apply(node('n1', { status: { conditions: [{ type: 'Ready', status: 'True' }] } }));
    await world.seconds(2);
    expect(world.names()).toEqual([]);
  });
});
