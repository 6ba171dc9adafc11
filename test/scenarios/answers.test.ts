import { expect } from 'vitest';
import type { PodRef } from './arena/arena.ts';
import {
  answersTo,
  askToDelete,
  causesOf,
  evictedBy,
  gapsBetween,
  onceSo,
  patient,
  removeAtOnce,
  shortAndMild,
} from './arena/beside-drain.ts';
import { expectUntouched } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

/** Seconds. A budget is watched; a pod that it holds is asked for again after thirty. */
const beforeAskingAnyway = 25;

scenarios('what the eviction API answers', (scenario) => {
  scenario(
    'T41: a pod of an exhausted budget stays as it is, its budget is named with needs and has, and it goes when there is room',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      await arena.budget('web', { minAvailable: 1 });
      let deletionBefore: unknown = 'not looked at';
      onceSo(
        arena,
        () => answersTo(arena, web).includes(429),
        async () => {
          await arena.clock.sleep(3_000, new AbortController().signal);
          deletionBefore = (await arena.podNow(web))?.metadata.deletionTimestamp;
          await arena.setBudget('web', { disruptionsAllowed: 1, currentHealthy: 2 });
        },
      );
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(deletionBefore).toBeUndefined();
      expect(answersTo(arena, web)).toEqual([429, 201]);
      expect(gapsBetween(arena.evictions(web))[0]).toBeLessThan(beforeAskingAnyway);
      expect(causesOf(arena, web)).toMatchObject([
        { code: 'budget', text: expect.stringContaining('web needs 1 healthy pods and has 1 currently') },
      ]);
      expect(arena.deletes(web)).toEqual([]);
    },
  );

  scenario(
    'T43: a budget that is not processed yet is left alone for the ten seconds that the server asks for, and that is said',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      await arena.budget('web', { minAvailable: 1 }, { observedGeneration: 0 });
      const isRefused = () => answersTo(arena, web).includes(429);
      onceSo(arena, isRefused, () => arena.setBudget('web', { disruptionsAllowed: 1, currentHealthy: 2 }));
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      expect(answersTo(arena, web)).toEqual([429, 201]);
      expect(gapsBetween(arena.evictions(web))[0]).toBeGreaterThanOrEqual(10);
      expect(causesOf(arena, web)).toMatchObject([
        { code: 'budget-not-processed', text: expect.stringContaining('is still being processed by the server') },
      ]);
    },
  );

  scenario(
    'T44: a pod of two budgets is named with both and left alone until one is gone, while the other pods go',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      const free = await arena.pod('free');
      await arena.budget('web', { minAvailable: 0 }, { disruptionsAllowed: 1 });
      await arena.budget('twice', { minAvailable: 0, selector: { matchLabels: { app: 'web' } } });
      let freeBefore: unknown = 'not looked at';
      onceSo(
        arena,
        () => answersTo(arena, web).includes(500),
        async () => {
          await arena.clock.sleep(6_000, new AbortController().signal);
          freeBefore = await arena.podNow(free);
          await arena.send({ method: 'DELETE', path: `${arena.paths.budgets()}/twice` });
        },
      );
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      expect(freeBefore).toBeUndefined();
      expect(answersTo(arena, web)).toEqual([500, 201]);
      expect(gapsBetween(arena.evictions(web))[0]).toBeGreaterThanOrEqual(6);
      expect(gapsBetween(arena.evictions(web))[0]).toBeLessThan(beforeAskingAnyway);
      const both = `${arena.namespace}/twice and ${arena.namespace}/web`;
      expect(causesOf(arena, web)).toEqual([
        { code: 'two-budgets', text: `more than one disruption budget selects it: ${both}` },
      ]);
    },
  );

  for (const [held, answer] of [
    ['no budget holds', 409],
    ['a budget holds, which answers for it', 429],
  ] as const) {
    scenario(
      `T53: a pod that was replaced before its eviction arrived, which ${held}, counts as gone, and its successor is not touched`,
      { policy: patient },
      async (arena) => {
        const web = await arena.pod('web');
        if (answer === 429) await arena.budget('web', { minAvailable: 1 });
        let successor: PodRef | undefined;
        arena.intervene(async (request) => {
          if (evictedBy(request) && !successor) {
            await removeAtOnce(arena, web);
            successor = await arena.pod('web', { on: arena.spare.name });
          }
          return undefined;
        });
        const done = await arena.drain();
        expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
        expect(arena.callsOn(web)).toMatchObject([
          { method: 'POST', status: answer, body: { deleteOptions: { preconditions: { uid: web.uid } } } },
        ]);
        const looks = arena.calls.filter(({ method, path }) => method === 'GET' && path === arena.paths.pod(web));
        expect(looks).toMatchObject([{ status: 200 }]);
        expect(causesOf(arena, web)).toEqual([]);
        expect(await arena.podNow(web)).toMatchObject({ metadata: { uid: successor?.uid } });
        expect((await arena.podNow(web))?.metadata.deletionTimestamp).toBeUndefined();
      },
    );
  }

  scenario('T55: a pod that is gone when its eviction arrives counts as done', { policy: patient }, async (arena) => {
    const web = await arena.pod('web');
    arena.intervene(async (request) => {
      if (evictedBy(request)) await removeAtOnce(arena, web);
      return undefined;
    });
    const done = await arena.drain();
    expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
    expect(answersTo(arena, web)).toEqual([404]);
    expect(causesOf(arena, web)).toEqual([]);
  });

  scenario(
    'T56: in a namespace that is going a pod is asked for again until it is terminating, then waited for; one that is gone is done',
    { policy: patient },
    async (arena) => {
      const space = `${arena.namespace}-going`;
      await arena.addNamespace(space);
      const later = await arena.pod('later', { in: space, stopsAfterSeconds: 2 });
      const gone = await arena.pod('gone', { in: space });
      await arena.send({ method: 'DELETE', path: `/api/v1/namespaces/${space}` });
      arena.intervene(async (request) => {
        if (evictedBy(request) === `${space}/gone`) await removeAtOnce(arena, gone);
        return undefined;
      });
      // The namespace controller comes to it after a while.
      const isAskedTwice = () => answersTo(arena, later).filter((status) => status === 403).length === 2;
      onceSo(arena, isAskedTwice, () => askToDelete(arena, later, 30));
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(answersTo(arena, later)).toEqual([403, 403]);
      expect(gapsBetween(arena.evictions(later))[0]).toBeGreaterThanOrEqual(5);
      expect(causesOf(arena, later)).toMatchObject([{ code: 'namespace-terminating' }]);
      expect(answersTo(arena, gone)).toEqual([403]);
      expect(causesOf(arena, gone)).toEqual([]);
      expect(await arena.podNow(later)).toBeUndefined();
    },
  );

  scenario(
    'T56: a pod of such a namespace that nobody deletes is named when the drain ends',
    { policy: shortAndMild },
    async (arena) => {
      const web = await arena.pod('web');
      await arena.send({ method: 'DELETE', path: `/api/v1/namespaces/${arena.namespace}` });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
      expect(done.end.text).toContain(`${arena.namespace}/web: `);
      expect(done.end.text).toContain('because it is being terminated');
      expect(new Set(answersTo(arena, web))).toEqual(new Set([403]));
      expect(arena.deletes(web)).toEqual([]);
      expect((await arena.podNow(web))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );

  scenario(
    'T56: past its force moment it is deleted, which a namespace that is going allows (adapted: where others give up)',
    { policy: { deadlineSeconds: 38 } },
    async (arena) => {
      const web = await arena.pod('web', { graceSeconds: 1 });
      const other = await arena.pod('other', { on: arena.spare.name });
      await arena.send({ method: 'DELETE', path: `/api/v1/namespaces/${arena.namespace}` });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE' });
      expect(arena.deletes(web)).toMatchObject([{ status: 200, body: { preconditions: { uid: web.uid } } }]);
      expect(arena.evictions(web).at(-1)?.status).toBe(403);
      await expectUntouched(arena, other);
    },
  );
});
