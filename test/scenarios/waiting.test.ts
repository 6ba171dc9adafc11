import { expect } from 'vitest';
import type { HookAction } from '../../shared/lifecycle/action.ts';
import type { Arena, PodRef } from './arena/arena.ts';
import { answersTo, namesOn, onceSo, patient, shortAndMild, until } from './arena/beside-drain.ts';
import { expectEvicted } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

/** Names of the pods that were on the node when Auto Scaling was told to go on; undefined: it was not told. */
function lookAtCompletion(arena: Arena): () => string[] | undefined {
  const { autoScaling } = arena.ports;
  let left: string[] | undefined;
  arena.ports.autoScaling = {
    ...autoScaling,
    async completeAction(...order) {
      left = await namesOn(arena);
      return autoScaling.completeAction(...order);
    },
  };
  return () => left;
}

scenarios('waiting for pods to go', (scenario) => {
  scenario(
    'T70: the drain waits until a pod that takes its time is really gone, and asks for nothing meanwhile',
    { policy: patient },
    async (arena) => {
      const left = lookAtCompletion(arena);
      const slow = await arena.pod('slow', { stopsAfterSeconds: 5 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(left()).toEqual([]);
      await expectEvicted(arena, slow);
      const { evictedAt = '', goneAt = '' } = arena.podReport('slow') ?? {};
      expect(Date.parse(goneAt) - Date.parse(evictedAt)).toBeGreaterThan(3_000);
    },
  );

  scenario(
    'T71: a pod of the same name elsewhere is another pod: the drain is over, and it is not touched',
    { policy: patient },
    async (arena) => {
      const set = { owner: 'StatefulSet', ownerName: 'db', ownerUid: crypto.randomUUID() } as const;
      let successor: PodRef | undefined;
      const whenGone = async () => {
        successor = await arena.pod('db-0', { ...set, on: arena.spare.name });
      };
      const db = await arena.pod('db-0', { ...set, stopsAfterSeconds: 2, whenGone });
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      const preconditions = { uid: db.uid };
      expect(arena.callsOn(db)).toMatchObject([
        { method: 'POST', status: 201, body: { deleteOptions: { preconditions } } },
      ]);
      await until(arena, () => successor !== undefined);
      expect(await arena.podNow(db)).toMatchObject({ metadata: { uid: successor?.uid } });
      expect((await arena.podNow(db))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );

  scenario(
    'T71: a pod of the same name that comes back to the node is not waited for (adapted: it is left alone and told, since it would come back for ever)',
    { policy: patient },
    async (arena) => {
      const set = { owner: 'StatefulSet', ownerName: 'db', ownerUid: crypto.randomUUID() } as const;
      let successor: PodRef | undefined;
      const whenGone = async () => {
        successor = await arena.pod('db-0', set);
      };
      const db = await arena.pod('db-0', { ...set, whenGone });
      const web = await arena.pod('web', { stopsAfterSeconds: 4 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained' });
      expect(done.end.text).toContain(`came back after their eviction: ${arena.namespace}/db-0`);
      expect(answersTo(arena, db)).toEqual([201]);
      await expectEvicted(arena, web);
      expect(await arena.podNow(db)).toMatchObject({ metadata: { uid: successor?.uid } });
      expect((await arena.podNow(db))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );

  scenario(
    'T73: a pod that does not go away ends the drain at its deadline, told by name (adapted: ten seconds instead of three)',
    { policy: shortAndMild },
    async (arena) => {
      const hangs = await arena.pod('hangs', { graceSeconds: 1, stopsAfterSeconds: 'never' });
      const web = await arena.pod('web');
      const began = arena.clock.now();
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toBe(`the deadline passed with pods left: ${arena.namespace}/hangs: terminating`);
      expect(arena.clock.now() - began).toBeGreaterThanOrEqual(10_000);
      expect(answersTo(arena, hangs)).toEqual([201]);
      await expectEvicted(arena, web);
    },
  );

  scenario(
    'T74: a tick that is stopped from outside ends at once and asks for nothing more (adapted: the next one goes on where it was)',
    { policy: patient },
    async (arena) => {
      const slow = await arena.pod('slow', { stopsAfterSeconds: 8 });
      const action = arena.terminate()[0] as HookAction;
      const stop = new AbortController();
      let stoppedAt = Number.NaN;
      const isAccepted = () => answersTo(arena, slow).includes(201);
      onceSo(arena, isAccepted, async () => {
        stoppedAt = arena.clock.now();
        stop.abort(new Error('enough'));
      });
      const input = { action, state: null, execution: 'stopped' };
      await expect(arena.tick(input, stop.signal)).rejects.toThrow('enough');
      expect(arena.clock.now() - stoppedAt).toBeLessThan(3_000);
      const sent = arena.calls.length;
      await arena.settle(arena.clock.sleep(2_000, new AbortController().signal));
      expect(arena.calls).toHaveLength(sent);
      expect(arena.completions).toEqual([]);
      const done = await arena.drain(action);
      expect(done.end.reason).toBe('drained');
      expect(answersTo(arena, slow)).toEqual([201]);
    },
  );

  scenario(
    'T78: with one of two pods gone the drain is not over, with the second it is',
    { policy: patient },
    async (arena) => {
      const left = lookAtCompletion(arena);
      let leftBetween: string[] = [];
      let completedBetween: unknown[] = [];
      const whenGone = async () => {
        await arena.clock.sleep(2_000, new AbortController().signal);
        leftBetween = await namesOn(arena);
        completedBetween = [...arena.completions];
      };
      await arena.pod('first', { stopsAfterSeconds: 1, whenGone });
      await arena.pod('second', { stopsAfterSeconds: 7 });
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      expect(leftBetween).toEqual(['second']);
      expect(completedBetween).toEqual([]);
      expect(left()).toEqual([]);
    },
  );

  scenario(
    'T79: of two pods of one name the one that is held is told with its namespace, and the other goes',
    { policy: shortAndMild },
    async (arena) => {
      const other = `${arena.namespace}-other`;
      await arena.addNamespace(other);
      const free = await arena.pod('web');
      const held = await arena.pod('web', { in: other });
      await arena.budget('web', { minAvailable: 1 }, {}, other);
      const done = await arena.drain();
      expect(done.end.reason).toBe('deadline');
      expect(done.end.text).toContain(`${other}/web: The disruption budget web needs 1`);
      expect(done.end.text).not.toContain(`${free.namespace}/web`);
      expect(answersTo(arena, free)).toEqual([201]);
      expect(await arena.podNow(free)).toBeUndefined();
      expect(new Set(answersTo(arena, held))).toEqual(new Set([429]));
      const records = arena
        .report()
        .pods.map(({ namespace, causes, goneAt }) => [namespace, causes.length, goneAt !== undefined]);
      expect(records.sort()).toEqual([
        [free.namespace, 0, true],
        [other, 1, false],
      ]);
    },
  );
});
