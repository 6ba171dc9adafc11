import { expect } from 'vitest';
import type { Arena } from './arena/arena.ts';
import { onceSo, patient, shortAndMild } from './arena/beside-drain.ts';
import { scenarios } from './arena/scenarios.ts';
import { attach, detachVolume, nameInStatus, persist, reportAttached, volumeName } from './arena/volumes.ts';

/** What the report says was still attached, each time that it changed. */
const told = (arena: Arena) => arena.report().timeline.flatMap(({ what, text }) => (what === 'attached' ? [text] : []));
const stillAttached = (...names: string[]) => `still attached or registered: ${names.join(', ')}`;
const inStatus = (arena: Arena, name: string) => `volume ${nameInStatus(arena, name)} (says the node's status)`;
const attachmentLists = (arena: Arena) => arena.calls.filter(({ path }) => path.endsWith('/volumeattachments'));

/** Lets the drain look twice at what is attached, does something, and says when that was. */
function afterTwoLooks(arena: Arena, act: () => Promise<unknown>): () => number {
  let doneAt = Number.NaN;
  const isLookedAt = () => attachmentLists(arena).length >= 2;
  onceSo(arena, isLookedAt, async () => {
    await act();
    doneAt = arena.clock.now();
  });
  return () => doneAt;
}

scenarios('the volumes of a node', (scenario) => {
  scenario(
    'T114: the hook is completed only after the volume of the node is detached, and those elsewhere do not matter',
    { policy: { ...patient, detachSeconds: 300 } },
    async (arena) => {
      await arena.pod('web');
      await attach(arena, 'goes');
      await attach(arena, 'elsewhere', { nodeName: arena.spare.name });
      const detachedAt = afterTwoLooks(arena, () => detachVolume(arena, 'goes'));
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(told(arena)).toEqual([stillAttached(`volume ${volumeName(arena, 'goes')}`)]);
      expect(arena.completions[0]?.at).toBeGreaterThanOrEqual(detachedAt());
    },
  );

  scenario(
    'T115: volumes of pods that stay, and inline ones, are not waited for',
    { policy: { ...patient, detachSeconds: 300 } },
    async (arena) => {
      const skip = { 'eks-node-lifecycle.io/drain': 'skip' };
      const agent = { owner: 'DaemonSet', ownerName: 'agent', ownerUid: await arena.daemonSet('agent') } as const;
      await arena.pod('agent', { ...agent, volumes: [await persist(arena, 'of-agent')] });
      await arena.pod('keeper', { annotations: skip, volumes: [await persist(arena, 'of-keeper')] });
      await arena.pod('web');
      for (const name of ['of-agent', 'of-keeper']) await attach(arena, name);
      await attach(arena, 'inline', { inline: true });
      await reportAttached(arena, 'of-agent', 'of-keeper', 'inline');
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(attachmentLists(arena)).toHaveLength(1);
      expect(told(arena)).toEqual([]);
    },
  );

  scenario(
    'T116: a volume that is still attached when its time is up is told, and the hook is completed (adapted: the end is drained-not-detached)',
    { policy: { ...patient, detachSeconds: 8 } },
    async (arena) => {
      await arena.pod('web');
      await attach(arena, 'stays');
      const began = arena.clock.now();
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toContain(stillAttached(`volume ${volumeName(arena, 'stays')}`));
      expect(arena.clock.now() - began).toBeGreaterThanOrEqual(8_000);
    },
  );

  scenario(
    'T117: a volume that only the status of the node names is waited for, too',
    { policy: { ...patient, detachSeconds: 300 } },
    async (arena) => {
      await arena.pod('web');
      await reportAttached(arena, 'status-only');
      const detachedAt = afterTwoLooks(arena, () => reportAttached(arena));
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(told(arena)).toEqual([stillAttached(inStatus(arena, 'status-only'))]);
      expect(arena.completions[0]?.at).toBeGreaterThanOrEqual(detachedAt());
    },
  );

  scenario(
    'T117: a volume that both name is told once, by its own name, and waited for until neither does',
    { policy: { ...patient, detachSeconds: 300 } },
    async (arena) => {
      await arena.pod('web', { volumes: [await persist(arena, 'both')] });
      await attach(arena, 'both');
      await reportAttached(arena, 'both');
      afterTwoLooks(arena, () => detachVolume(arena, 'both'));
      const isOnlyInStatus = () => attachmentLists(arena).length >= 4;
      onceSo(arena, isOnlyInStatus, () => reportAttached(arena));
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
      expect(told(arena)).toEqual([
        stillAttached(`volume ${volumeName(arena, 'both')}`),
        stillAttached(inStatus(arena, 'both')),
      ]);
    },
  );

  scenario(
    'T117: what the status still names when its time is up is told, and the hook is completed',
    { policy: { ...patient, detachSeconds: 5 } },
    async (arena) => {
      await reportAttached(arena, 'status-only');
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
      expect(done.end.text).toContain(inStatus(arena, 'status-only'));
    },
  );
});

scenarios('what is said of pods that are left', (scenario) => {
  scenario(
    'T119: nine pods over six causes are told by cause, the largest first: three names and a count, five causes and a count',
    { policy: shortAndMild },
    async (arena) => {
      const many = ['m-1', 'm-2', 'm-3', 'm-4'];
      for (const name of many) await arena.pod(name, { labels: { app: 'many' } });
      await arena.budget('many', { minAvailable: 4 }, { currentHealthy: 4, desiredHealthy: 4, expectedPods: 4 });
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        await arena.pod(name);
        await arena.budget(name, { minAvailable: 1 });
      }
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE', alarm: true });
      const [largest = '', ...others] = done.end.text.replace('the deadline passed with pods left: ', '').split('; ');
      const [names, cause] = largest.split(': ');
      expect(names).toMatch(/^(\S+\/m-\d, ){2}\S+\/m-\d and 1 more$/);
      expect(cause).toMatch(/^The disruption budget many needs 4 healthy pods and has 4 currently/);
      expect(others).toHaveLength(5);
      for (const other of others.slice(0, 4))
        expect(other).toMatch(/^\S+\/([a-e]): The disruption budget \1 needs 1 healthy pods and has 1 currently/);
      expect(others[4]).toBe('1 pod with other issues');
    },
  );
});
