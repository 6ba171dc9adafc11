import { describe, expect, it } from 'vitest';
import { budgetContention, overload } from '../../../sandbox/cluster/api-trouble.ts';
import { NoAnswerError, WatchRefusedError } from '../../../shared/adapters/kube-transport.ts';
import { pod, running, smallCluster } from './small-cluster.ts';

const pods = '/api/v1/pods';

describe('webhooks of the model', () => {
  function withWebhook(
    answer: 'allow' | 'down' | { deny: string; code?: number },
    failurePolicy: 'Fail' | 'Ignore' = 'Fail',
  ) {
    const world = smallCluster();
    world.cluster.apply(pod('p', { status: running }));
    const match = ({ resource }: { resource: string }) => resource === 'pods/eviction';
    world.cluster.webhooks.push({ name: 'guard.example.com', failurePolicy, match, answer: () => answer });
    return world;
  }

  it.each([
    [{ deny: 'not now' }, 400],
    [{ deny: 'not now', code: 403 }, 403],
    [{ deny: 'not now', code: 429 }, 429],
    [{ deny: 'not now', code: 500 }, 500],
  ])('that deny with %o answer in their own words, without reason, cause or Retry-After', async (answer, status) => {
    const { evict } = withWebhook(answer);
    const message = 'admission webhook "guard.example.com" denied the request: not now';
    const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: status };
    expect(await evict('p')).toEqual({ status, headers: { 'content-type': 'application/json' }, body });
  });

  it('are asked about a dry run and about a pod that is gone', async () => {
    const { evict } = withWebhook({ deny: 'not now' });
    expect((await evict('gone')).status).toBe(400);
    expect((await evict('p', { dryRun: ['All'] })).status).toBe(400);
  });

  it('that are down fail the eviction, or are passed over, as their policy says', async () => {
    expect(await withWebhook('down').evict('p')).toMatchObject({
      status: 500,
      body: {
        reason: 'InternalError',
        message: expect.stringContaining('failed calling webhook "guard.example.com": '),
      },
    });
    expect((await withWebhook('down', 'Ignore').evict('p')).status).toBe(201);
  });

  it('on evictions do not see a plain delete, and those on DELETE pods no eviction', async () => {
    const { remove } = withWebhook({ deny: 'no eviction' });
    expect((await remove('p')).status).toBe(200);
    const world = smallCluster();
    world.cluster.apply([pod('p', { status: running }), pod('q', { status: running })]);
    world.cluster.webhooks.push({
      name: 'keep.example.com',
      failurePolicy: 'Fail',
      match: ({ operation, resource }) => operation === 'DELETE' && resource === 'pods',
      answer: () => ({ deny: 'kept' }),
    });
    expect((await world.evict('p')).status).toBe(201);
    expect((await world.remove('q')).status).toBe(400);
  });
});

describe('faults of the model', () => {
  it('T62: an overloaded server answers 429 in plain text, with Retry-After and without a cause', async () => {
    const { cluster, ask } = smallCluster();
    cluster.faults.add({ match: /^GET/, effect: { answer: overload(1) } });
    expect(await ask({ method: 'GET', path: pods })).toEqual({
      status: 429,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' },
      body: 'Too many requests, please try again later.\n',
    });
  });

  it('T59: a contended budget answers 504 with Retry-After, or 409 about the budget', () => {
    const { timeout, conflict } = budgetContention('web');
    expect(timeout).toMatchObject({ status: 504, headers: { 'retry-after': '10' }, body: { reason: 'Timeout' } });
    expect(conflict).toMatchObject({ status: 409, body: { details: { kind: 'poddisruptionbudgets', name: 'web' } } });
  });

  it('a reset is no answer, with the effect or without it', async () => {
    const world = smallCluster();
    world.cluster.apply([pod('p', { status: running }), pod('q', { status: running })]);
    world.cluster.faults.add({ match: /pods\/p\/eviction/, effect: { reset: 'before' } });
    world.cluster.faults.add({ match: /pods\/q\/eviction/, effect: { reset: 'after' } });
    await expect(world.evict('p')).rejects.toBeInstanceOf(NoAnswerError);
    await expect(world.evict('q')).rejects.toBeInstanceOf(NoAnswerError);
    expect(world.pod('p')?.metadata.deletionTimestamp).toBeUndefined();
    expect(world.pod('q')?.metadata.deletionTimestamp).toBeDefined();
  });

  it('a watch is refused, cut at once, or cut later', async () => {
    const world = smallCluster();
    const watch = { match: /^GET .*watch=true/, times: 1 };
    world.cluster.faults.add({ ...watch, effect: { answer: overload(1) } });
    await expect(world.watch(pods).done).rejects.toBeInstanceOf(WatchRefusedError);
    world.cluster.faults.add({ ...watch, effect: { reset: 'before' } });
    await expect(world.watch(pods).done).rejects.toBeInstanceOf(NoAnswerError);
    world.cluster.faults.add({ ...watch, effect: { dropWatchAfterMs: 10_000 } });
    const { frames, done } = world.watch(pods);
    await world.seconds(9);
    world.cluster.apply(pod('seen'));
    await world.seconds(2);
    world.cluster.apply(pod('missed'));
    await expect(done).rejects.toBeInstanceOf(NoAnswerError);
    expect(frames).toHaveLength(1);
  });

  it('a request that is aborted in a delay rejects with the reason of its signal', async () => {
    const { cluster, api, clock } = smallCluster();
    cluster.faults.add({ match: /./, effect: { delayMs: 60_000 } });
    const stop = new AbortController();
    const request = api.request({ method: 'GET', path: pods }, stop.signal);
    await clock.advance(1);
    stop.abort(new Error('enough'));
    await expect(request).rejects.toThrow('enough');
    cluster.faults.clear();
    await expect(api.request({ method: 'GET', path: pods }, stop.signal)).rejects.toThrow('enough');
  });
});
