import { describe, expect, it } from 'vitest';
import { QueryFailedError } from '../../../shared/log-query/query-failed.ts';
import type { QueryProgress } from '../../../shared/log-query/query-wish.ts';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import { createLogsWorld } from './logs-world.ts';
import { counts, evenly, events, runIn, wishFor } from './run-wish.ts';

const never = new AbortController().signal;

describe('a run', () => {
  it('waits until the query is complete, whatever rows it shows before', async () => {
    const world = createLogsWorld({ events: evenly(10, 2), looks: 6 });
    const { rows, columns, statistics, partial } = await runIn(world, wishFor(10));
    expect(rows).toHaveLength(20);
    expect(rows[0]).toEqual({
      '@timestamp': '2026-11-21 12:00:00.000',
      verb: 'delete',
      who: 'user-0',
      '@ptr': 'log:0',
    });
    expect(columns).toEqual(['@timestamp', 'verb', 'who']);
    expect(statistics).toEqual({ bytesScanned: 0, recordsScanned: 20, recordsMatched: 20 });
    expect(partial).toBeUndefined();
  });

  it('looks again after 1 s, then later and later up to 5 s, and by chance sooner', async () => {
    const gaps = async (random: number) => {
      const world = createLogsWorld({ looks: 7, random: () => random });
      await runIn(world, wishFor(10));
      const looks = world.calls.filter(({ name }) => name === 'results').map(({ at }) => at);
      return looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    };
    expect(await gaps(0.9999999)).toEqual([1500, 2250, 3375, 5000, 5000, 5000, 5000]);
    expect(await gaps(0.5)).toEqual([750, 1125, 1688, 2500, 2500, 2500, 2500]);
    expect(await gaps(0)).toEqual([250, 250, 250, 250, 250, 250, 250]);
  });

  it('fetches all pages, and an event that is on two of them once', async () => {
    const world = createLogsWorld({ events: evenly(25, 1000) });
    const { rows, partial } = await runIn(world, wishFor(25));
    expect(rows).toHaveLength(25_000);
    expect(partial).toBeUndefined();
    expect(world.started).toEqual([expect.objectContaining({ limit: 100_000, text: events })]);
    expect(world.calls.filter(({ name }) => name === 'results')).toHaveLength(3 + 2);
  });

  it('has a column for the event itself only if the query names it', async () => {
    const world = createLogsWorld({ events: evenly(1, 1) });
    const query = { text: 'fields verb, @ptr', mergeable: false };
    const { rows, columns } = await runIn(world, wishFor(1, { query }));
    expect([rows, columns]).toEqual([[{ verb: 'delete', '@ptr': 'log:0' }], ['verb', '@ptr']]);
  });

  it.each(['Failed', 'Timeout', 'Cancelled', 'Unknown'] as const)(
    'fails when a query ends as %s, and stops the others',
    async (status) => {
      const ends = (_: unknown, started: number) => (started === 2 ? status : 'Complete');
      const world = createLogsWorld({ events: evenly(40, 10), ends, random: () => 0.9 });
      const failure = await runIn(world, wishFor(40, { rowsAtOnce: 60 })).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(QueryFailedError);
      expect(failure).toMatchObject({
        queryId: 'query-2',
        status,
        message: expect.stringMatching(`query query-2 ended as ${status}`),
      });
      expect(world.started.length).toBeGreaterThan(3);
      expect(world.running.size).toBe(0);
      expect(world.stopped).toContain('query-3');
    },
  );

  it('waits longer and longer while the account has no room for a query', async () => {
    let room = 0;
    const seen: QueryProgress[] = [];
    const world = createLogsWorld({ events: evenly(5, 1), room: () => room });
    const run = runLogQuery(wishFor(5), { ...world.ports, progress: (at) => seen.push(at) }, never);
    await world.clock.advance(60_000);
    const starts = world.calls.filter(({ name }) => name === 'startQuery').map(({ at }) => at);
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits).toEqual([1500, 2000, 3000, 5000, 9000, 16_000, 16_000]);
    expect(seen.at(-1)).toMatchObject({ busy: true, parts: { waiting: 1, running: 0, read: 0 } });
    room = 1;
    expect((await world.clock.runUntil(run)).rows).toHaveLength(5);
    expect(seen.at(-1)).toMatchObject({ busy: false, parts: { waiting: 0, running: 0, read: 1 }, rows: 5 });
  });

  it('has four queries under way at most, and calls four times a second', async () => {
    let most = 0;
    const world = createLogsWorld({
      events: evenly(64, 10),
      onCall: () => {
        most = Math.max(most, world.running.size);
      },
    });
    const { rows, partial } = await runIn(world, wishFor(64, { rowsAtOnce: 25 }));
    expect([rows.length, partial]).toEqual([640, undefined]);
    expect(most).toBe(4);
    const calls = world.calls.map(({ at }) => at);
    for (let call = 1; call < calls.length; call++)
      expect((calls[call] ?? 0) - (calls[call - 1] ?? 0)).toBeGreaterThanOrEqual(250);
  });

  it('tells how far it is', async () => {
    const seen: QueryProgress[] = [];
    const world = createLogsWorld({ events: evenly(16, 4), bytesASecond: 100, group: { storedBytes: 360_000 } });
    const ports = { ...world.ports, progress: (at: QueryProgress) => seen.push(at) };
    await world.clock.runUntil(runLogQuery(wishFor(16, { rowsAtOnce: 40 }), ports, never));
    expect(seen[0]).toMatchObject({ estimatedBytes: 1600, seconds: { read: 0, all: 16 } });
    expect(seen.at(-1)).toMatchObject({ seconds: { read: 16, all: 16 }, rows: 64, statistics: { bytesScanned: 3200 } });
    const bytes = seen.map(({ statistics }) => statistics.bytesScanned);
    expect(bytes).toEqual([...bytes].sort((left, right) => left - right));
  });

  it('starts nothing for a range that is none or a group that is not there', async () => {
    const world = createLogsWorld();
    const range = { startSeconds: 200, endSeconds: 100 };
    await expect(runIn(world, wishFor(1, { range }))).rejects.toThrow(
      'the end, 1970-01-01T00:01:40.000Z, is before the start',
    );
    world.ports.logs.findGroup = async () => undefined;
    await expect(runIn(world, wishFor(1))).rejects.toThrow('no log group /aws/eks/prod/cluster');
    expect(world.started).toEqual([]);
  });

  it('asks for aggregates as for events', async () => {
    const world = createLogsWorld({ events: evenly(7, 1) });
    const { rows, columns } = await runIn(world, wishFor(7, { query: counts }));
    expect(columns).toEqual(['who', 'n', 'first', 'worst', 'before', 'after']);
    expect(rows[1]).toEqual({
      who: 'user-1',
      n: '1',
      first: '1795262401000',
      worst: '201',
      before: 'get',
      after: 'get',
    });
  });
});
