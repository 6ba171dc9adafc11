import { describe, expect, it, vi } from 'vitest';
import type { Arena } from './arena/arena.ts';
import { scenarios } from './arena/scenarios.ts';
import { behaviours, withAllRights } from './rights/behaviours.ts';
import { type Facts, factsOf } from './rights/facts.ts';
import { allBut, granted } from './rights/granted.ts';
import { furnish, policy, stopAfter } from './rights/rich-world.ts';

// They wait rather than work: none of them should wait for another.
vi.setConfig({ maxConcurrency: 30 });

const single = granted();

describe('the rights in infra/rbac', () => {
  it('have one behaviour each that fails without it', () => {
    expect(Object.keys(behaviours).sort()).toEqual(single.map(({ key }) => key).sort());
  });
});

async function drainFurnished(arena: Arena, stopAfterSeconds?: number): Promise<Facts> {
  const { freedAt } = await furnish(arena);
  if (stopAfterSeconds !== undefined) stopAfter(stopAfterSeconds, arena);
  return factsOf(arena, await arena.drain(), freedAt());
}

scenarios('rights', (scenario) => {
  scenario('all of them are enough for all that a drain does', { policy, rights: allBut('') }, async (arena) => {
    expect(await drainFurnished(arena)).toEqual(withAllRights);
  });

  for (const [key, { fails, differs, stopAfterSeconds }] of Object.entries(behaviours)) {
    scenario(`without ${key}: ${fails}`, { policy, rights: allBut(key) }, async (arena) => {
      expect(await drainFurnished(arena, stopAfterSeconds)).toEqual({ ...withAllRights, ...differs });
    });
  }
});
