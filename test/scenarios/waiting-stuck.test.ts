import { expect } from 'vitest';
import type { Arena, PodRef } from './arena/arena.ts';
import { answersTo, askToDelete, patient } from './arena/beside-drain.ts';
import { scenarios } from './arena/scenarios.ts';
import { attach } from './arena/volumes.ts';

const oneTold = (arena: Arena, pod: PodRef) => `not waited for any longer: ${arena.namespace}/${pod.name}`;
const pass = (arena: Arena, seconds: number) =>
  arena.settle(arena.clock.sleep(seconds * 1000, new AbortController().signal));

/** Nothing was sent to it. */
async function expectOnlyWaitedFor(arena: Arena, pod: PodRef): Promise<void> {
  expect(arena.callsOn(pod)).toEqual([]);
  expect(await arena.podNow(pod)).toBeUndefined();
  expect(arena.podReport(pod.name)?.goneAt).toBeDefined();
}

scenarios('pods that are terminating already', (scenario) => {
  scenario(
    'T75: one that should be gone for long is neither evicted nor waited for, one in its grace is waited for (adapted: past three seconds here, sixty by default)',
    { policy: { ...patient, stuckSeconds: 3 } },
    async (arena) => {
      const old = await arena.pod('old', { stopsAfterSeconds: 'never' });
      await askToDelete(arena, old, 1);
      await pass(arena, 6);
      const young = await arena.pod('young', { stopsAfterSeconds: 5 });
      await askToDelete(arena, young, 30);
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
      expect(done.end.text).toContain(oneTold(arena, old));
      expect(arena.callsOn(old)).toEqual([]);
      expect(arena.podReport('old')).toMatchObject({ verdict: 'stuck', code: 'stuck-terminating' });
      await expectOnlyWaitedFor(arena, young);
    },
  );

  scenario(
    'T75: one is waited for to the end when no time is set for giving it up (adapted: a very long one)',
    { policy: { deadlineSeconds: 12, reserveSeconds: 2, stuckSeconds: 1_000_000 } },
    async (arena) => {
      const old = await arena.pod('old', { stopsAfterSeconds: 'never' });
      await askToDelete(arena, old, 1);
      await pass(arena, 4);
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline' });
      expect(done.end.text).toContain(`${arena.namespace}/old: terminating`);
      expect(arena.callsOn(old)).toEqual([]);
    },
  );

  scenario(
    'T76: half way through six minutes of grace one is waited for and left in peace',
    { policy: { ...patient, stuckSeconds: 1 } },
    async (arena) => {
      const long = await arena.pod('long', { stopsAfterSeconds: 8 });
      await askToDelete(arena, long, 360);
      await arena.setReady(arena.node.name, 'True', arena.clock.now() - 400_000);
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      await expectOnlyWaitedFor(arena, long);
    },
  );

  scenario(
    'T76: one that was evicted here is given up only so long past the end of its grace (adapted: four seconds here, sixty by default)',
    { policy: { ...patient, stuckSeconds: 4 } },
    async (arena) => {
      const hangs = await arena.pod('hangs', { graceSeconds: 3, stopsAfterSeconds: 'never' });
      const done = await arena.drain();
      const endedAt = arena.clock.now();
      expect(done.end).toMatchObject({ reason: 'drained' });
      expect(done.end.text).toContain(oneTold(arena, hangs));
      expect(answersTo(arena, hangs)).toEqual([201]);
      const deletionAt = Date.parse((await arena.podNow(hangs))?.metadata.deletionTimestamp ?? '');
      expect(endedAt - deletionAt).toBeGreaterThan(4_000);
    },
  );

  scenario(
    'T77: on a node whose kubelet has been silent for five minutes neither they nor volumes are waited for',
    { policy: patient },
    async (arena) => {
      const hangs = await arena.pod('hangs', { stopsAfterSeconds: 'never' });
      await askToDelete(arena, hangs, 360);
      await attach(arena, 'data');
      await arena.setReady(arena.node.name, 'Unknown', arena.clock.now() - 400_000);
      const done = await arena.drain();
      expect(done).toMatchObject({ end: { reason: 'drained' }, ticks: 1 });
      expect(done.end.text).toContain(oneTold(arena, hangs));
      expect(arena.callsOn(hangs)).toEqual([]);
      expect(arena.report().timeline.map(({ what }) => what)).not.toContain('attached');
    },
  );

  scenario(
    'T77: a kubelet that fell silent a minute ago may come back: its pods are waited for',
    { policy: { deadlineSeconds: 12, reserveSeconds: 2, onDeadline: 'continue' } },
    async (arena) => {
      const hangs = await arena.pod('hangs', { stopsAfterSeconds: 'never' });
      await askToDelete(arena, hangs, 360);
      await arena.setReady(arena.node.name, 'Unknown', arena.clock.now() - 60_000);
      const done = await arena.drain();
      expect(done.end.reason).toBe('deadline');
      expect(done.end.text).toContain(`${arena.namespace}/hangs: terminating`);
    },
  );

  for (const ready of ['False', 'True'] as const) {
    scenario(
      ready === 'False'
        ? 'T80: when EC2 says that the instance is not running and its node is not ready, they are not waited for'
        : 'T80: whatever EC2 says, a node that is ready is drained to the end',
      { policy: patient },
      async (arena) => {
        arena.instances.state = 'terminated';
        await arena.setReady(arena.node.name, ready, arena.clock.now());
        const web = await arena.pod('web', { stopsAfterSeconds: ready === 'True' ? 6 : 'never' });
        const done = await arena.drain();
        expect(done).toMatchObject({ end: { reason: 'drained' }, ticks: 1 });
        expect(answersTo(arena, web)).toEqual([201]);
        if (ready === 'True') {
          expect(await arena.podNow(web)).toBeUndefined();
          expect(arena.podReport('web')?.verdict).toBe('evict');
        } else {
          expect(await arena.podNow(web)).toBeDefined();
          expect(done.end.text).toContain(oneTold(arena, web));
        }
      },
    );
  }
});
