import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogsWorld, startMs, type WorldEvent } from './logs-world.ts';
import { counts, events, runIn, runInSteps, wishFor } from './run-wish.ts';

const seconds = 40;
const log = fc
  .array(
    fc.record({
      // Many within few milliseconds, and on both sides of where a second begins.
      atMs: fc.oneof(
        fc.integer({ min: 0, max: seconds * 1000 - 1 }),
        fc.constantFrom(0, 999, 1000, 4999, 5000, 19_999),
      ),
      verb: fc.constantFrom('get', 'list', 'delete'),
      who: fc.integer({ min: 0, max: 60 }).map((number) => `user-${number}`),
      code: fc.constantFrom(200, 404, 429),
    }),
    { minLength: 30, maxLength: 80, size: 'max' },
  )
  .map((all) =>
    all
      .map(
        ({ atMs, ...fields }, id): WorldEvent => ({ atMs: startMs + atMs, message: JSON.stringify({ id, ...fields }) }),
      )
      .sort((left, right) => left.atMs - right.atMs),
  );
const rowsAtOnce = fc.integer({ min: 8, max: 30 });
const chances = fc.integer({ min: 1, max: 1000 });

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('a range that is split', () => {
  const queries = [
    ['events', { text: events, mergeable: true }],
    ['events, newest first', { text: 'fields @timestamp, id, who', mergeable: true }],
    [
      'events in another order',
      { text: 'fields id, who, code | sort who desc, id asc | limit 100000', mergeable: true },
    ],
    ['aggregates', counts],
    ['the first of the groups', { ...counts, text: counts.text.replace('limit 100000', 'limit 31') }],
  ] as const;

  it.each(queries)('gives what it would give in one piece: %s', async (_, query) => {
    let splits = 0;
    const one = fc.asyncProperty(log, rowsAtOnce, chances, async (all, atOnce, seed) => {
      const whole = createLogsWorld({ events: all });
      const expected = await runIn(whole, wishFor(seconds, { query }));
      expect(whole.started).toHaveLength(1);
      const world = createLogsWorld({ events: all, random: randomFrom(seed), looks: seed % 3 });
      const { outcome } = await runInSteps(world, wishFor(seconds, { query, rowsAtOnce: atOnce }));
      // More in one second than is given at once: that cannot be split.
      if (outcome.partial) {
        expect(outcome.partial.code).toBe('row-limit');
        return;
      }
      splits += Number(world.started.length > 1);
      const inOrder = <T extends object>(rows: readonly T[]) => rows.map((row) => JSON.stringify(row));
      // Events of the same millisecond have no order among them.
      const isOrdered = query.text.includes('asc');
      if (isOrdered && query.text !== events) expect(inOrder(outcome.rows)).toEqual(inOrder(expected.rows));
      expect(inOrder(outcome.rows).sort()).toEqual(inOrder(expected.rows).sort());
      const timesOf = (rows: typeof outcome.rows) => rows.map((row) => row['@timestamp']);
      expect(timesOf(outcome.rows)).toEqual(timesOf(expected.rows));
      expect(outcome.columns).toEqual(expected.columns);
      expect(outcome.statistics.recordsMatched).toBe(expected.statistics.recordsMatched);
    });
    await fc.assert(one, { numRuns: 30 });
    expect(splits).toBeGreaterThan(5);
  });

  it('reads every second once, and keeps nothing for later but JSON', async () => {
    const one = fc.asyncProperty(log, rowsAtOnce, chances, async (all, atOnce, seed) => {
      const world = createLogsWorld({ events: all, random: randomFrom(seed), room: () => 1 + (seed % 3) });
      const wish = wishFor(seconds, { rowsAtOnce: atOnce });
      const { kept, states } = await runInSteps(world, wish);
      const read = kept.flatMap(({ range }) =>
        Array.from({ length: range.endSeconds - range.startSeconds + 1 }, (_, at) => range.startSeconds + at),
      );
      expect(read.sort()).toEqual(Array.from({ length: seconds }, (_, at) => wish.range.startSeconds + at));
      for (const state of states) expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(world.running.size).toBe(0);
      expect(world.stopped).toEqual([]);
    });
    await fc.assert(one, { numRuns: 30 });
  });

  it('runs no query any more after an abort, whenever that comes', async () => {
    const one = fc.asyncProperty(log, fc.integer({ min: 1, max: 60 }), async (all, calls) => {
      const controller = new AbortController();
      let left = calls;
      const onCall = () => {
        if (--left === 0) controller.abort(new Error('enough'));
      };
      const world = createLogsWorld({ events: all, onCall });
      const ended = await runIn(world, wishFor(seconds, { rowsAtOnce: 5 }), controller.signal).catch(String);
      if (left <= 0 && typeof ended === 'string') expect(ended).toBe('Error: enough');
      expect(world.running.size).toBe(0);
    });
    await fc.assert(one, { numRuns: 30 });
  });
});
