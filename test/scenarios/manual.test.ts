import { expect } from 'vitest';
import { readMark } from '../../shared/lifecycle/mark.ts';
import type { DrainRequest } from '../../shared/manual/drain-request.ts';
import { dryRun } from '../../shared/manual/dry-run.ts';
import { startDrains } from '../../shared/manual/start-drains.ts';
import type { Arena } from './arena/arena.ts';
import { answersTo, onceSo, patient } from './arena/beside-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const never = new AbortController().signal;

function requestOf(arena: Arena, changes: Partial<DrainRequest> = {}): DrainRequest {
  const nodes = [arena.node, arena.spare].map(({ name, instanceId }) => ({ name, instanceId, zone: 'us-east-1a' }));
  return {
    ...{ requestId: arena.id, requestedBy: undefined, account: '123456789012', region: 'us-east-1' },
    ...{ cluster: 'demo', nodes, options: {}, maxUnavailable: 1, ...changes },
  };
}

/** Both nodes of the arena, or those that are asked for. */
function start(arena: Arena, changes: Partial<DrainRequest> = {}, stop: AbortSignal = never) {
  const { cluster, ports, settings } = arena;
  const lastMoments = () => new AbortController().signal;
  const on = () => undefined;
  return arena.settle(
    startDrains(requestOf(arena, changes), { cluster, tick: ports, settings, on, lastMoments }, stop),
  );
}

const isDry = ({ query, body }: Arena['calls'][number]) =>
  query.dryRun !== undefined || (body as { dryRun?: unknown } | undefined)?.dryRun !== undefined;
const writes = (arena: Arena) => arena.calls.filter((call) => call.method !== 'GET' && !isDry(call));
const one = (arena: Arena): Partial<DrainRequest> => ({ nodes: requestOf(arena).nodes.slice(0, 1) });
const marks = async (arena: Arena) =>
  Promise.all(
    [arena.node, arena.spare].map(async ({ name }) => {
      const { metadata, spec } = await arena.nodeNow(name);
      return { cordoned: spec.unschedulable === true, mark: readMark(metadata.annotations ?? {}) };
    }),
  );

scenarios('drains that somebody asks for', (scenario) => {
  scenario(
    'every node is cordoned before the first pod is evicted, and stays so when all are drained',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      const api = await arena.pod('api', { on: arena.spare.name });
      const done = await start(arena);
      expect(done).toMatchObject({ outcomes: [{ outcome: 'drained' }, { outcome: 'drained' }] });
      const kinds = writes(arena).flatMap(({ method, path }) =>
        path.endsWith('/eviction') ? ['evict'] : method === 'PATCH' ? ['patch'] : [],
      );
      expect(kinds.slice(0, 2)).toEqual(['patch', 'patch']);
      expect(kinds.filter((kind) => kind === 'evict')).toHaveLength(2);
      expect([await arena.podNow(web), await arena.podNow(api)]).toEqual([undefined, undefined]);
      expect(await marks(arena)).toMatchObject([
        { cordoned: true, mark: { ended: 'drained' } },
        { cordoned: true, mark: { ended: 'drained' } },
      ]);
    },
  );

  scenario('one pod that blocks, on either node, and nothing at all is written', { policy: patient }, async (arena) => {
    await arena.pod('web');
    await arena.pod('naked', { owner: 'none', on: arena.spare.name });
    const done = await start(arena);
    expect(done).toMatchObject({ result: 'blocked', blocked: [{ name: 'naked', code: 'unmanaged-pod' }] });
    expect(writes(arena)).toEqual([]);
    expect(await marks(arena)).toEqual([
      { cordoned: false, mark: undefined },
      { cordoned: false, mark: undefined },
    ]);
  });

  scenario('a dry run is answered by the server as the drain would be, and keeps nothing', {}, async (arena) => {
    const held = await arena.pod('held');
    await arena.budget('held', { minAvailable: 1 });
    const web = await arena.pod('web');
    const { cluster, ports } = arena;
    const ask = (options: DrainRequest['options']) =>
      arena.settle(dryRun(requestOf(arena, { ...one(arena), options }), { cluster, ...ports }, never));
    const rows = ({ does, accepted }: { does: string; accepted: boolean }) => `${does} ${accepted}`;
    const evicting = await ask({});
    expect('lines' in evicting && evicting.lines.map(rows).toSorted()).toEqual([
      'cordon true',
      'evict false',
      'evict true',
    ]);
    const deleting = await ask({ disableEviction: true });
    expect('lines' in deleting && deleting.lines.map(rows).toSorted()).toEqual([
      'cordon true',
      'delete true',
      'delete true',
    ]);
    expect(writes(arena)).toEqual([]);
    expect((await arena.podNow(held))?.metadata.deletionTimestamp).toBeUndefined();
    expect((await arena.podNow(web))?.metadata.deletionTimestamp).toBeUndefined();
    expect((await marks(arena))[0]).toEqual({ cordoned: false, mark: undefined });
  });

  scenario('at the timeout it stops: the budget is not bypassed, the node stays cordoned', {}, async (arena) => {
    const held = await arena.pod('held');
    await arena.budget('held', { minAvailable: 1 });
    const done = await start(arena, { ...one(arena), options: { timeoutSeconds: 15 } });
    expect(done).toMatchObject({ outcomes: [{ outcome: 'failed', end: { reason: 'deadline', completion: null } }] });
    expect(arena.deletes(held)).toEqual([]);
    expect((await arena.podNow(held))?.metadata.deletionTimestamp).toBeUndefined();
    expect((await marks(arena))[0]).toMatchObject({ cordoned: true, mark: { ended: 'deadline' } });
  });

  scenario('with evictions disabled pods are deleted past their budget', { policy: patient }, async (arena) => {
    const held = await arena.pod('held');
    await arena.budget('held', { minAvailable: 1 });
    const done = await start(arena, { ...one(arena), options: { disableEviction: true } });
    expect(done).toMatchObject({ outcomes: [{ end: { reason: 'drained' } }] });
    expect(arena.evictions(held)).toEqual([]);
    expect(arena.deletes(held)).toMatchObject([{ status: 200, body: { preconditions: { uid: held.uid } } }]);
  });

  scenario('the grace period that was asked for is that of the pod', { policy: patient }, async (arena) => {
    const slow = await arena.pod('slow', { stopsAfterSeconds: 3 });
    let grace: number | undefined;
    onceSo(
      arena,
      () => answersTo(arena, slow).includes(201),
      async () => {
        grace = (await arena.podNow(slow))?.metadata.deletionGracePeriodSeconds;
      },
    );
    await start(arena, { ...one(arena), options: { gracePeriodSeconds: 77 } });
    expect(grace).toBe(77);
  });

  scenario('when it is stopped, exactly its marks are taken back', { policy: patient }, async (arena) => {
    const held = await arena.pod('held');
    await arena.budget('held', { minAvailable: 1 });
    await arena.patch(arena.paths.node(arena.spare.name), { spec: { unschedulable: true } });
    const stop = new AbortController();
    onceSo(
      arena,
      () => answersTo(arena, held).includes(429),
      async () => stop.abort(new Error('Ctrl-C')),
    );
    const done = await start(arena, {}, stop.signal);
    expect(done).toMatchObject({ outcomes: [{ outcome: 'stopped' }, { outcome: 'not-begun' }] });
    expect(await marks(arena)).toEqual([
      { cordoned: false, mark: undefined },
      { cordoned: true, mark: undefined },
    ]);
    expect((await arena.podNow(held))?.metadata.deletionTimestamp).toBeUndefined();
  });
});
