import { describe, expect, it } from 'vitest';
import { advanceQuery } from '../../../shared/log-query/advance-query.ts';
import { putTogether } from '../../../shared/log-query/put-together.ts';
import { dueAt, newQuery } from '../../../shared/log-query/query-state.ts';
import { within } from '../../../shared/log-query/within.ts';
import { createLogsWorld } from './logs-world.ts';
import { counts, evenly, runInSteps, wishFor } from './run-wish.ts';

const never = new AbortController().signal;

describe('a step of a run', () => {
  it('leaves what runs to the next one, in another process', async () => {
    const world = createLogsWorld({ events: evenly(5, 1), looks: 1 });
    const keep: number[] = [];
    const ports = { ...world.ports, keep: (rows: readonly unknown[]) => void keep.push(rows.length) };
    const wish = wishFor(5);
    let state = await world.clock.runUntil(advanceQuery(newQuery(wish), wish, ports, never));
    expect([...world.running]).toEqual(['query-0']);
    for (let tick = 0; tick < 2; tick++) {
      await world.clock.advance(60_000);
      state = await world.clock.runUntil(advanceQuery(structuredClone(state), wish, ports, never));
    }
    expect([state.phase, keep, world.started.length, world.stopped]).toEqual(['done', [5], 1, []]);
    expect(await advanceQuery(state, wish, ports, AbortSignal.abort())).toBe(state);
  });

  it('does not change the state it is handed, so that it can be handed over again', async () => {
    const world = createLogsWorld({ events: evenly(5, 1) });
    const wish = wishFor(5);
    const ports = { ...world.ports, keep: () => {} };
    const handed = newQuery(wish);
    await world.clock.runUntil(advanceQuery(handed, wish, ports, never));
    expect(handed).toEqual(newQuery(wish));
  });

  it('that comes early does nothing', async () => {
    const world = createLogsWorld({ room: () => 0 });
    const wish = wishFor(5);
    const ports = { ...world.ports, keep: () => {} };
    const state = await world.clock.runUntil(advanceQuery(newQuery(wish), wish, ports, never));
    const calls = world.calls.length;
    expect(await world.clock.runUntil(advanceQuery(state, wish, ports, never))).toEqual(state);
    expect(world.calls).toHaveLength(calls);
    expect(dueAt(state)).toBeGreaterThan(world.clock.now());
  });

  it('hands on little, however much was read', async () => {
    const world = createLogsWorld({ events: evenly(200, 10) });
    const { states, outcome } = await runInSteps(world, wishFor(200, { rowsAtOnce: 25 }));
    expect(outcome.rows).toHaveLength(2000);
    expect(Math.max(...states.map((state) => JSON.stringify(state).length))).toBeLessThan(4_000);
  });

  it('reads the rows of one part at most, so that it is short', async () => {
    const world = createLogsWorld({ events: evenly(40, 10), looks: 0, random: () => 0 });
    const { states } = await runInSteps(world, wishFor(40, { rowsAtOnce: 50 }));
    const parts = states.map(({ read }) => read.parts);
    expect(parts.at(-1)).toBeGreaterThan(8);
    for (const [at, count] of parts.entries()) expect(count - (parts[at - 1] ?? 0)).toBeLessThan(2);
  });

  it('may keep a part again after a crash, and that is one part', async () => {
    const wish = wishFor(10, { query: counts });
    const part = (startSeconds: number, n: string) => ({
      range: { startSeconds, endSeconds: startSeconds },
      rows: [{ who: 'ann', n }],
    });
    const { rows } = putTogether(newQuery(wish), wish, [part(1, '5'), part(2, '3'), part(1, '5')]);
    expect(rows).toEqual([{ who: 'ann', n: '8' }]);
  });

  it('takes back the time limit of a call that is over', async () => {
    const { clock } = createLogsWorld();
    const signal = await within(1_000, clock, async (own) => own);
    await clock.advance(2_000);
    expect(signal.aborted).toBe(false);
  });
});
