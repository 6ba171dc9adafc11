import { expect } from 'vitest';
import { budgetContention, overload } from '../../sandbox/cluster/api-trouble.ts';
import { grants } from '../contract/cluster-port-rights.ts';
import type { Arena } from './arena/arena.ts';
import { answersTo, causesOf, evictedBy, gapsBetween, patient, shortAndMild } from './arena/beside-drain.ts';
import { expectEvicted } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const eviction = 'pods/eviction';
/** infra/rbac, but evictions only in namespace `default`. */
const evictionsInDefault = [
  ...grants.map((right) => ({ ...right, rules: right.rules.filter(({ resources }) => !resources.includes(eviction)) })),
  { namespace: 'default', rules: [{ apiGroups: [''], resources: [eviction], verbs: ['create'] }] },
];

/** The first `times` evictions of each of these pods are answered in the server's place. */
function standIn(arena: Arena, times: number, answers: Record<string, ReturnType<typeof overload>>): void {
  const left = new Map(Object.keys(answers).map((name) => [`${arena.namespace}/${name}`, times]));
  arena.intervene((request) => {
    const pod = evictedBy(request) ?? '';
    const more = left.get(pod) ?? 0;
    left.set(pod, more - 1);
    return more > 0 ? answers[pod.split('/')[1] ?? ''] : undefined;
  });
}

scenarios('evictions in trouble', (scenario) => {
  scenario(
    'T57: a missing right is told with verb and resource, at once, and the others go (adapted: asked for again each minute, not given up)',
    { policy: shortAndMild, rights: evictionsInDefault },
    async (arena) => {
      const held = await arena.pod('held');
      const free = await arena.pod(`free-${arena.id}`, { in: 'default' });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', alarm: true });
      expect(done.end.text).toContain(`${arena.namespace}/held: no right to create pods/eviction: `);
      expect(done.end.text).not.toContain(free.name);
      expect(answersTo(arena, held)).toEqual([403]);
      const asked = arena.calls.filter(({ path }) => path.endsWith('/selfsubjectaccessreviews'));
      expect(asked).toMatchObject([{ status: 201 }]);
      expect(causesOf(arena, held)).toMatchObject([{ code: 'missing-right' }]);
      expect(arena.logged.filter(({ message }) => message === 'right missing')).toMatchObject([{ level: 'error' }]);
      await expectEvicted(arena, free);
    },
  );

  scenario(
    'T59: an eviction that timed out over its budget, and one that met a conflict there, are asked for again until they are accepted',
    { policy: patient },
    async (arena) => {
      const timedOut = await arena.pod('timed-out');
      const contended = await arena.pod('contended');
      const { timeout, conflict } = budgetContention('web');
      standIn(arena, 2, { 'timed-out': timeout, contended: conflict });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(answersTo(arena, timedOut)).toEqual([504, 504, 201]);
      expect(answersTo(arena, contended)).toEqual([409, 409, 201]);
      const looks = arena.calls.filter(({ method, path }) => method === 'GET' && path === arena.paths.pod(contended));
      expect(looks).toHaveLength(2);
      expect(causesOf(arena, timedOut)).toMatchObject([{ code: 'trouble' }]);
      expect(causesOf(arena, contended)).toMatchObject([{ code: 'conflict' }]);
    },
  );

  scenario(
    'T60: ten pods of a budget that allows ten are evicted together, each asked for once',
    { policy: patient },
    async (arena) => {
      const names = Array.from({ length: 10 }, (_, index) => `web-${index}`);
      const pods = await Promise.all(names.map((name) => arena.pod(name, { labels: { app: 'web' } })));
      const ten = { disruptionsAllowed: 10, currentHealthy: 10, desiredHealthy: 0, expectedPods: 10 };
      await arena.budget('web', { minAvailable: 0 }, ten);
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained');
      for (const pod of pods) expect(answersTo(arena, pod)).toEqual([201]);
    },
  );

  scenario(
    'T62: a server that turns evictions away for want of seats is given time, and no budget is blamed',
    { policy: patient, rights: grants },
    async (arena) => {
      const names = Array.from({ length: 20 }, (_, index) => `web-${index}`);
      const pods = await Promise.all(names.map((name) => arena.pod(name)));
      await arena.squeezeEvictions();
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      const turnedAway = pods.filter((pod) => answersTo(arena, pod).includes(429));
      expect(turnedAway.length).toBeGreaterThan(0);
      for (const pod of turnedAway) {
        for (const seconds of gapsBetween(arena.evictions(pod))) expect(seconds).toBeGreaterThanOrEqual(1);
        expect(causesOf(arena, pod)).toEqual([
          { code: 'overload', text: expect.stringContaining('Too many requests, please try again later.') },
        ]);
      }
      for (const pod of pods) expect(answersTo(arena, pod).at(-1)).toBe(201);
      expect(arena.report().timeline.map(({ what }) => what)).not.toContain('refused');
    },
  );

  scenario(
    'T62: a list of pods that is turned away is no empty node: it is asked for again, and the pods go',
    { policy: patient },
    async (arena) => {
      const web = await arena.pod('web');
      let turnedAway = 0;
      arena.intervene(({ method, path }) => {
        if (method !== 'GET' || path !== '/api/v1/pods' || turnedAway === 2) return undefined;
        turnedAway += 1;
        return overload(1);
      });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      await expectEvicted(arena, web);
      const lists = arena.calls.filter(({ method, path }) => method === 'GET' && path === '/api/v1/pods');
      expect(lists.slice(0, 3).map(({ status }) => status)).toEqual([429, 429, 200]);
      for (const seconds of gapsBetween(lists.slice(0, 3))) expect(seconds).toBeGreaterThanOrEqual(1);
    },
  );

  scenario(
    'T65: nothing is deleted that was not refused its eviction, even past its force moment (adapted: there is no way to delete instead)',
    { policy: { deadlineSeconds: 20 } },
    async (arena) => {
      const held = await arena.pod('held', { graceSeconds: 1 });
      const free = await arena.pod('free', { graceSeconds: 1 });
      await arena.budget('held', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end.reason).toBe('drained-forced');
      expect(arena.callsOn(held)).toMatchObject([
        { method: 'POST', status: 429 },
        { method: 'DELETE', status: 200, body: { preconditions: { uid: held.uid } } },
      ]);
      expect(arena.callsOn(free)).toMatchObject([{ method: 'POST', status: 201 }]);
    },
  );

  scenario(
    'T66: one eviction of five that fails is told by the name of its pod, and the other four go',
    { policy: shortAndMild },
    async (arena) => {
      const held = await arena.pod('held');
      const free = await Promise.all(['a', 'b', 'c', 'd'].map((name) => arena.pod(name)));
      await arena.budget('held', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toContain(`pods left: ${arena.namespace}/held: The disruption budget held needs 1`);
      expect(done.summary.podsLeft).toBe(1);
      for (const pod of free) {
        await expectEvicted(arena, pod);
        expect(done.end.text).not.toContain(`${arena.namespace}/${pod.name}`);
      }
      expect((await arena.podNow(held))?.metadata.deletionTimestamp).toBeUndefined();
    },
  );
});
