import { describe, expect, it } from 'vitest';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import { createLogsWorld, startMs } from './logs-world.ts';
import { evenly, runIn, wishFor } from './run-wish.ts';

const nowMs = startMs + 3_600_000;

describe('the bytes that a run may scan', () => {
  it('are compared with an estimate before anything is started', async () => {
    const world = createLogsWorld({ group: { storedBytes: 36e9 } });
    const { rows, statistics, partial } = await runIn(world, wishFor(600, { maxBytes: 5e9 }));
    expect([rows, statistics.bytesScanned, world.started]).toEqual([[], 0, []]);
    expect(partial).toEqual({
      code: 'byte-limit',
      text:
        'about 6.0 GB would be scanned (an estimate from the size of the log group), and 5.0 GB is the most: nothing was started. ' +
        'Ask for a shorter range, or allow more; not read: 2026-11-21T12:00:00Z to 2026-11-21T12:09:59Z',
    });
  });

  it('end the run when they are passed, which a query shows while it runs', async () => {
    const world = createLogsWorld({ bytesASecond: 1e9, looks: 9 });
    const { partial, statistics } = await runIn(world, wishFor(10, { maxBytes: 4.5e9 }));
    // One more than when that was seen: it is asked once more after it was stopped.
    expect(statistics.bytesScanned).toBe(6e9);
    expect(partial?.code).toBe('byte-limit');
    expect(partial?.text).toMatch(/^5\.0 GB were scanned, and 4\.5 GB is the most; not read: 2026-11-21T12:00:00Z to/);
    expect(world.stopped).toEqual(['query-0']);
  });

  it('are no matter for a result that is complete', async () => {
    const world = createLogsWorld({ bytesASecond: 1e9, looks: 0, events: evenly(10, 1) });
    const { partial, rows } = await runIn(world, wishFor(10, { maxBytes: 4.5e9 }));
    expect([partial, rows.length]).toEqual([undefined, 10]);
  });

  it('leave the rows that there are when splitting would pass them', async () => {
    const world = createLogsWorld({ bytesASecond: 1e9, events: evenly(10, 10) });
    const { partial, rows, statistics } = await runIn(world, wishFor(10, { maxBytes: 19e9, rowsAtOnce: 60 }));
    expect([rows.length, statistics.bytesScanned, world.started.length]).toEqual([60, 10e9, 1]);
    expect(partial?.code).toBe('byte-limit');
    expect(partial?.text).toBe(
      '20.0 GB would be scanned to read all rows, and 19.0 GB is the most; ' +
        'only 60 rows were given for 2026-11-21T12:00:00Z to 2026-11-21T12:00:09Z, and there may be more',
    );
  });
});

describe('the end of the time', () => {
  it('stops what runs, keeps what is read and says what is not', async () => {
    const untilMs = nowMs + 16_000;
    const world = createLogsWorld({ events: evenly(64, 10), looks: 3 });
    const { partial, rows } = await runIn(world, wishFor(64, { rowsAtOnce: 100, untilMs }));
    expect(partial?.code).toBe('out-of-time');
    expect(partial?.text).toMatch(
      /^the time of the run is over; not read: 2026-11-21T12:00:\d\dZ to 2026-11-21T12:01:03Z$/,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length % 10).toBe(0);
    expect(world.running.size).toBe(0);
    expect(world.stopped.length).toBeGreaterThan(0);
    expect(world.clock.now() - untilMs).toBeLessThan(1000);
  });

  it('ends a result between two of its pages, of which then none is kept', async () => {
    const world = createLogsWorld({ events: evenly(10, 10), rowsAPage: 1, looks: 0 });
    const { partial, rows, columns } = await runIn(world, wishFor(10, { untilMs: nowMs + 5_000 }));
    expect([partial?.code, rows, columns]).toEqual(['out-of-time', [], []]);
    expect(world.clock.now() - nowMs).toBeLessThan(6_000);
  });

  it('says which query may still run', async () => {
    const world = createLogsWorld({ looks: 99, cannotStop: true });
    const { partial } = await runIn(world, wishFor(5, { untilMs: nowMs + 20_000 }));
    expect(partial?.text).toMatch(/; could not be stopped and may still run: query-0$/);
  });
});

describe('an abort', () => {
  it('stops what runs while the run waits, and is the error', async () => {
    const controller = new AbortController();
    const world = createLogsWorld({ looks: 99 });
    const run = runLogQuery(wishFor(5), world.ports, controller.signal);
    await world.clock.advance(10_000);
    expect(world.running.size).toBe(1);
    controller.abort(new Error('Ctrl-C'));
    await expect(world.clock.runUntil(run)).rejects.toThrow(/^Ctrl-C$/);
    expect([world.running.size, world.stopped]).toEqual([0, ['query-0']]);
  });

  it('waits for the id of a query that is being started, and stops that', async () => {
    const controller = new AbortController();
    const world = createLogsWorld({ onCall: (name) => name === 'startQuery' && controller.abort(new Error('Ctrl-C')) });
    await expect(runIn(world, wishFor(5), controller.signal)).rejects.toThrow(/^Ctrl-C$/);
    expect([world.running.size, world.stopped]).toEqual([0, ['query-0']]);
  });

  it('stops a query whose id came after it', async () => {
    const controller = new AbortController();
    const world = createLogsWorld();
    const { clock, ports, running, stopped } = world;
    ports.logs.startQuery = async (_, signal) => {
      running.add('query-0');
      await clock.sleep(2_000, signal);
      return { queryId: 'query-0' };
    };
    const run = runLogQuery(wishFor(5), ports, controller.signal);
    await clock.advance(1_000);
    controller.abort(new Error('Ctrl-C'));
    await expect(clock.runUntil(run)).rejects.toThrow(/^Ctrl-C$/);
    expect([running.size, stopped]).toEqual([0, ['query-0']]);
  });

  it('is the error even when nothing can be stopped, and does not wait for ever', async () => {
    const controller = new AbortController();
    const world = createLogsWorld({ looks: 99 });
    world.ports.logs.stopQuery = (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const run = runLogQuery(wishFor(5), world.ports, controller.signal);
    await world.clock.advance(10_000);
    controller.abort(new Error('Ctrl-C'));
    await expect(world.clock.runUntil(run)).rejects.toThrow(/^Ctrl-C$/);
    expect(world.clock.now()).toBe(nowMs + 15_000);
  });

  it('that came before starts nothing', async () => {
    const world = createLogsWorld();
    await expect(runIn(world, wishFor(5), AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    expect(world.calls).toEqual([]);
  });
});
