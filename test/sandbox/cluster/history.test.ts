import { describe, expect, it } from 'vitest';
import { NoAnswerError } from '../../../shared/adapters/kube-transport.ts';
import { pod, smallCluster } from './small-cluster.ts';

const pods = '/api/v1/pods';
const types = (frames: { type: string }[]) => frames.map(({ type }) => type);

async function revisionOf({ ask }: Pick<ReturnType<typeof smallCluster>, 'ask'>): Promise<string> {
  const { body } = await ask({ method: 'GET', path: pods });
  return (body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}

describe('the history of the model', () => {
  it('is gone after a compaction: a watch from before gets one ERROR frame, 410 Expired, and ends', async () => {
    const world = smallCluster();
    const resourceVersion = await revisionOf(world);
    world.cluster.apply(pod('p'));
    world.cluster.compact();
    const { frames, done } = world.watch(pods, { resourceVersion });
    await done;
    expect(frames).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: /too old resource version/ } },
    ]);
    const fresh = world.watch(pods, { resourceVersion: await revisionOf(world), timeoutSeconds: '1' });
    await world.clock.runUntil(fresh.done);
    expect(fresh.frames).toEqual([]);
  });

  it('is bounded', async () => {
    const world = smallCluster({ historySize: 10 });
    const resourceVersion = await revisionOf(world);
    for (let n = 0; n < 21; n++) world.cluster.apply(pod(`p${n}`));
    const { frames, done } = world.watch(pods, { resourceVersion });
    await done;
    expect(types(frames)).toEqual(['ERROR']);
  });

  it('expires continue tokens', async () => {
    const world = smallCluster();
    world.cluster.apply([pod('a'), pod('b')]);
    const page = await world.ask({ method: 'GET', path: pods, query: { limit: '1' } });
    const token = (page.body as { metadata: { continue: string } }).metadata.continue;
    world.cluster.compact();
    const query = { limit: '1', continue: token };
    expect(await world.ask({ method: 'GET', path: pods, query })).toMatchObject({
      status: 410,
      body: { reason: 'Expired', message: expect.stringContaining('The provided continue parameter is too old') },
    });
  });
});

describe('a watch of the model', () => {
  it('beats once a minute and shortly before its end, when there is something new', async () => {
    const world = smallCluster();
    const resourceVersion = await revisionOf(world);
    const query = {
      resourceVersion,
      timeoutSeconds: '150',
      allowWatchBookmarks: 'true',
      fieldSelector: 'spec.nodeName=n1',
    };
    const { frames, done } = world.watch(pods, query);
    await world.seconds(61);
    expect(frames).toEqual([]);
    world.cluster.apply(pod('elsewhere', { spec: { nodeName: 'n2' } }));
    const now = await revisionOf(world);
    await world.seconds(60);
    expect(frames).toMatchObject([{ type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: now } } }]);
    await world.clock.runUntil(done);
    expect(types(frames)).toEqual(['BOOKMARK', 'BOOKMARK']);
  });

  it('ends when the cluster stops, breaks when it is dropped, and rejects with the reason of its signal', async () => {
    const world = smallCluster();
    const stop = new AbortController();
    const watches = [world.watch(pods), world.watch(pods, {}, stop.signal)];
    await world.seconds(1);
    stop.abort(new Error('enough'));
    await expect(watches[1]?.done).rejects.toThrow('enough');
    world.cluster.dropWatches();
    await expect(watches[0]?.done).rejects.toBeInstanceOf(NoAnswerError);
    const last = world.watch(pods);
    await world.seconds(1);
    world.cluster.stop();
    await expect(last.done).resolves.toBeUndefined();
  });

  it('hands out copies: a client that changes what it got changes nothing in the cluster', async () => {
    const world = smallCluster();
    world.cluster.apply(pod('p'));
    const { frames } = world.watch(pods);
    await world.seconds(1);
    const { metadata } = (frames[0]?.object ?? {}) as { metadata: { name: string } };
    metadata.name = 'changed';
    const { body } = await world.ask({ method: 'GET', path: '/api/v1/namespaces/default/pods/p' });
    (body as { metadata: { name: string } }).metadata.name = 'changed';
    expect(world.pod('p')?.metadata.name).toBe('p');
  });

  it('needs watch=true, as over HTTP', async () => {
    const world = smallCluster();
    await expect(world.watch(pods, { watch: 'false' }).done).rejects.toThrow('watch=true');
  });
});
