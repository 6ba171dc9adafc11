import { expect } from 'vitest';
import { scenarios } from './arena/scenarios.ts';

scenarios('past the force moment', (scenario) => {
  scenario(
    'T99: a pod that its budget still holds is deleted past it with its UID, after the eviction was refused again, and that is said',
    { policy: { deadlineSeconds: 38 } },
    async (arena) => {
      const web = await arena.pod('web', { graceSeconds: 1 });
      await arena.budget('web', { minAvailable: 1 });
      const done = await arena.drain();
      expect(done.end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE', alarm: true });
      const [first, ...rest] = arena.deletes(web);
      expect(rest).toEqual([]);
      expect(first?.body).toMatchObject({ preconditions: { uid: web.uid } });
      expect(arena.evictions(web).at(-1)?.status).toBe(429);
      expect(arena.podReport('web')?.forcedPast).toEqual([`${arena.namespace}/web`]);
      expect(await arena.podNow(web)).toBeUndefined();
    },
  );
});
