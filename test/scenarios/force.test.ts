import { expect } from 'vitest';
import { deadlineAnnotation } from '../../shared/lifecycle/mark.ts';
import type { Arena, PodRef } from './arena/arena.ts';
import { answersTo, askToDelete, causesOf, evictedBy, patient, removeAtOnce } from './arena/beside-drain.ts';
import { expectEvicted } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const protectedPod = { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } };
/** The force moment of a pod with a second of grace is two seconds after the start. */
const soon = { deadlineSeconds: 38 };
const isDeleteOf = (arena: Arena, pod: PodRef) => (request: { method: string; path: string }) =>
  request.method === 'DELETE' && request.path === arena.paths.pod(pod);
/** What an eviction or a delete gives the pod, in seconds. */
function graceIn(call: { body: unknown } | undefined): number | undefined {
  const body = call?.body as
    | { gracePeriodSeconds?: number; deleteOptions?: { gracePeriodSeconds?: number } }
    | undefined;
  return (body?.deleteOptions ?? body)?.gracePeriodSeconds;
}
/** Seconds after the start of the drain, as its report has it. */
const secondsIn = (arena: Arena, at: number | undefined) =>
  ((at ?? Number.NaN) - Date.parse(arena.report().startedAt)) / 1000;

scenarios('past the force moment', (scenario) => {
  scenario(
    'T94: a protected pod whose grace is longer than what is left goes at once, with what is left (adapted: its eviction is asked for first)',
    { policy: { deadlineSeconds: 60 } },
    async (arena) => {
      const free = await arena.pod('free', { ...protectedPod, graceSeconds: 300 });
      const held = await arena.pod('held', { ...protectedPod, graceSeconds: 300 });
      await arena.budget('held', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE' });
      const [eviction, ...again] = arena.callsOn(free);
      expect(again).toEqual([]);
      expect(eviction).toMatchObject({ method: 'POST', status: 201 });
      expect(graceIn(eviction)).toBeGreaterThan(30);
      expect(graceIn(eviction)).toBeLessThanOrEqual(55);
      expect(arena.callsOn(held)).toMatchObject([
        { method: 'POST', status: 429 },
        { method: 'DELETE', status: 200, body: { preconditions: { uid: held.uid } } },
      ]);
      expect(graceIn(arena.deletes(held)[0])).toBeLessThanOrEqual(55);
    },
  );

  scenario(
    'T95: before its force moment nothing is asked of a protected pod, after it it is deleted with its UID (adapted: once its eviction was refused; fourteen seconds, not four minutes)',
    { policy: { deadlineSeconds: 50 } },
    async (arena) => {
      const held = await arena.pod('held', { ...protectedPod, graceSeconds: 1 });
      await arena.budget('held', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained-forced');
      expect(arena.callsOn(held)).toMatchObject([
        { method: 'POST', status: 429 },
        { method: 'DELETE', status: 200, body: { preconditions: { uid: held.uid }, gracePeriodSeconds: 1 } },
      ]);
      expect(secondsIn(arena, arena.callsOn(held)[0]?.at)).toBeGreaterThanOrEqual(14);
    },
  );

  scenario(
    'T97: a terminating pod with more grace than is left is given what is left, counted from its first request (adapted: by another eviction)',
    { policy: { deadlineSeconds: 24, reserveSeconds: 10 } },
    async (arena) => {
      const long = await arena.pod('long', { graceSeconds: 6000, stopsAfterSeconds: 6000 });
      await askToDelete(arena, long, 6000);
      await arena.settle(arena.clock.sleep(6_000, new AbortController().signal));
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
      const [eviction, ...again] = arena.callsOn(long);
      expect(again).toEqual([]);
      expect(eviction).toMatchObject({ method: 'POST', status: 201 });
      // Six seconds had gone by at the start of the drain, which had fourteen: twenty from the first request, whenever it is shortened.
      expect(graceIn(eviction)).toBeGreaterThanOrEqual(18);
      expect(graceIn(eviction)).toBeLessThanOrEqual(22);
      expect(await arena.podNow(long)).toBeUndefined();
    },
  );

  scenario(
    'T99: a pod that its budget still holds is deleted past it with its UID, after the eviction was refused again, and that is said',
    { policy: { deadlineSeconds: 42 } },
    async (arena) => {
      const web = await arena.pod('web', { graceSeconds: 1 });
      await arena.budget('web', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toContain(`${arena.namespace}/web (budget ${arena.namespace}/web)`);
      const [first, ...rest] = arena.deletes(web);
      expect(rest).toEqual([]);
      expect(first?.body).toMatchObject({ preconditions: { uid: web.uid } });
      expect(answersTo(arena, web)).toEqual([429, 429]);
      expect(arena.podReport('web')?.forcedPast).toEqual([`${arena.namespace}/web`]);
      expect(await arena.podNow(web)).toBeUndefined();
      const { items } = await arena.send({ method: 'GET', path: `/api/v1/namespaces/${arena.namespace}/events` });
      expect(items).toContainEqual(
        expect.objectContaining({
          reason: 'ForceDeleted',
          type: 'Warning',
          message: expect.stringContaining(`past ${arena.namespace}/web`),
        }),
      );
      expect(arena.logged).toContainEqual(
        expect.objectContaining({ level: 'warn', message: 'pod deleted past its budget' }),
      );
    },
  );

  for (const [which, annotated, policy] of [
    ['sooner, in the annotation of the node, counts', 36, patient],
    ['later there than by the policy changes nothing', 3600, soon],
  ] as const) {
    scenario(
      `T100: of two deadlines the sooner counts: one that is ${which} (adapted: what stands on the node now counts there)`,
      { policy },
      async (arena) => {
        const web = await arena.pod('web', { graceSeconds: 1 });
        await arena.budget('web', { minAvailable: 1 });
        const deadline = new Date(arena.clock.now() + annotated * 1000).toISOString();
        const annotations = { [deadlineAnnotation]: deadline };
        await arena.patch(arena.paths.node(arena.node.name), { metadata: { annotations } });
        const done = await arena.drain();
        expect(done.end.reason).toBe('drained-forced');
        const soonest = annotated === 36 ? Date.parse(deadline) : Date.parse(arena.report().startedAt) + 33_000;
        expect(Date.parse(arena.report().deadlineAt ?? '')).toBe(soonest);
        expect(arena.deletes(web)[0]?.at).toBeGreaterThanOrEqual(soonest - 31_000);
        expect(arena.clock.now()).toBeLessThan(soonest);
      },
    );
  }

  scenario('T101: a pod that is gone when its delete arrives counts as done', { policy: soon }, async (arena) => {
    const web = await arena.pod('web', { graceSeconds: 1 });
    await arena.budget('web', { minAvailable: 1 });
    arena.intervene(async (request) => {
      if (isDeleteOf(arena, web)(request)) await removeAtOnce(arena, web);
      return undefined;
    });
    const done = await arena.drain();
    expect(done.end).toMatchObject({ completion: 'CONTINUE' });
    expect(done.end.reason).toMatch(/^drained/);
    expect(arena.deletes(web).map(({ status }) => status)).toEqual([404]);
    expect(causesOf(arena, web).map(({ code }) => code)).toEqual(['budget']);
    expect(arena.podReport('web')?.goneAt).toBeDefined();
  });

  scenario(
    'T102: a delete that fails again and again is told by the name of its pod, and the others go',
    { policy: { deadlineSeconds: 20, reserveSeconds: 8 } },
    async (arena) => {
      const stuck = await arena.pod('stuck', { graceSeconds: 1 });
      const held = await arena.pod('held', { graceSeconds: 1 });
      const free = await arena.pod('free');
      for (const name of ['stuck', 'held']) await arena.budget(name, { minAvailable: 1 });
      arena.intervene((request) =>
        isDeleteOf(arena, stuck)(request)
          ? { status: 500, body: { kind: 'Status', status: 'Failure', code: 500, message: 'etcdserver: no leader' } }
          : undefined,
      );
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toContain(`pods left: ${arena.namespace}/stuck: `);
      expect(done.end.text).toContain(`deleted before that: ${arena.namespace}/held (budget ${arena.namespace}/held)`);
      expect(causesOf(arena, stuck)).toContainEqual({
        code: 'refused',
        text: 'the delete did not take either: etcdserver: no leader',
      });
      expect(arena.podReport('stuck')?.forcedAt).toBeUndefined();
      expect(arena.deletes(held).map(({ status }) => status)).toEqual([200]);
      await expectEvicted(arena, free);
      expect(await arena.podNow(held)).toBeUndefined();
      expect((await arena.podNow(stuck))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );

  scenario(
    'T103: pods of DaemonSets are evicted last, once each, and one that is refused does not hold the drain',
    { policy: { ...patient, daemonSets: 'evict-last' } },
    async (arena) => {
      const agentOf = async (name: string) =>
        arena.pod(name, { owner: 'DaemonSet', ownerName: name, ownerUid: await arena.daemonSet(name) });
      const agent = await agentOf('agent');
      const held = await agentOf('held');
      const csi = await agentOf('ebs-csi-node');
      const web = await arena.pod('web', { stopsAfterSeconds: 2 });
      await arena.budget('held', { minAvailable: 1 });
      const order: (string | undefined)[] = [];
      arena.intervene(async (request) => {
        const name = evictedBy(request);
        if (name !== undefined) order.push((await arena.podNow(web)) ? 'while web is there' : 'after web');
        return undefined;
      });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(order).toEqual(['while web is there', 'after web', 'after web']);
      expect([agent, held, csi].map((pod) => answersTo(arena, pod))).toEqual([[201], [429], []]);
      for (const pod of [agent, held, csi]) expect(arena.deletes(pod)).toEqual([]);
      const refused = arena.report().timeline.filter(({ what }) => what === 'refused');
      expect(refused).toMatchObject([
        { pod: `${arena.namespace}/held`, text: expect.stringContaining('not evicted: ') },
      ]);
    },
  );
});
