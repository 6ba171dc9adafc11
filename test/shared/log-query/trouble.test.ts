import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../shared/adapters/turns.ts';
import type { ResultsPage } from '../../../shared/log-query/logs-port.ts';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import type { Clock } from '../../../shared/ports.ts';
import { createLogsWorld, startMs } from './logs-world.ts';
import { evenly, runIn, wishFor } from './run-wish.ts';

const never = new AbortController().signal;
const statistics = { bytesScanned: 1, recordsScanned: 2, recordsMatched: 2 };
const page = (rows: string[], nextToken?: string): ResultsPage => ({
  status: 'Complete',
  rows: rows.map((n) => ({ n })),
  statistics,
  ...(nextToken && { nextToken }),
});

function worldWithPages(pages: Record<string, ResultsPage>) {
  const world = createLogsWorld();
  world.ports.logs.results = async (_, token = '') => pages[token] ?? page([]);
  return world;
}

describe('pages of a result', () => {
  it('are read up to the one without a token', async () => {
    const world = worldWithPages({ '': page(['1'], 'a'), a: page([], 'b'), b: page(['2']) });
    expect((await runIn(world, wishFor(5))).rows).toEqual([{ n: '1' }, { n: '2' }]);
  });

  it('end where an empty page has the token that led to it', async () => {
    const world = worldWithPages({ '': page(['1'], 'a'), a: page([], 'a') });
    expect((await runIn(world, wishFor(5))).rows).toEqual([{ n: '1' }]);
  });

  it.each([
    ['to itself', { '': page(['1'], 'a'), a: page(['2'], 'a') }],
    ['to one before it', { '': page(['1'], 'a'), a: page(['2'], 'b'), b: page(['3'], 'a') }],
  ])('are an error when one leads %s: its rows would be counted again', async (_, pages) => {
    await expect(runIn(worldWithPages(pages), wishFor(5))).rejects.toThrow(/query-0 has a page that leads back/);
  });

  it('are an error when they are empty and have no end', async () => {
    const world = createLogsWorld();
    let at = 0;
    world.ports.logs.results = async () => page([], `token-${at++}`);
    await expect(runIn(world, wishFor(5))).rejects.toThrow(/query-0 has 100 pages without a row/);
    expect(at).toBeLessThan(110);
  });
});

it('a result of as many rows as a text gets that does not say how many may not be all', async () => {
  const world = createLogsWorld({ events: evenly(11, 1_000) });
  const { startQuery } = world.ports.logs;
  world.ports.logs.startQuery = (asked, signal) =>
    startQuery({ ...asked, limit: asked.text.includes('| limit') ? asked.limit : 10_000 }, signal);
  const text = 'fields @timestamp, id\n| sort @timestamp asc';
  const { rows, partial } = await runIn(world, wishFor(11, { query: { text, mergeable: true } }));
  expect([rows.length, partial, world.started.length]).toEqual([11_000, undefined, 3]);
  const cut = await runIn(world, wishFor(11, { query: { text, mergeable: false } }));
  expect([cut.rows.length, cut.partial?.code]).toEqual([10_000, 'row-limit']);
});

it('a reader of the progress that fails leaves no query running', async () => {
  const world = createLogsWorld({ looks: 99 });
  const ports = {
    ...world.ports,
    progress: () => {
      throw new Error('EPIPE');
    },
  };
  await expect(world.clock.runUntil(runLogQuery(wishFor(5), ports, never))).rejects.toThrow('EPIPE');
  expect([world.running.size, world.stopped]).toEqual([0, ['query-0']]);
});

it('a clock that is set back by an hour does not keep a run waiting for it', async () => {
  const world = createLogsWorld({ events: evenly(10, 10), looks: 3, onCall: (name) => name === 'results' && back() });
  let setBackMs = 0;
  const back = () => {
    setBackMs = 3_600_000;
  };
  const clock: Clock = { ...world.clock, now: () => world.clock.now() - setBackMs };
  const ports = { ...world.ports, clock, turn: createTurns({ perSecond: 4 }, clock) };
  const { rows } = await world.clock.runUntil(runLogQuery(wishFor(10), ports, never));
  expect(rows).toHaveLength(100);
  expect(world.clock.now() - startMs - 3_600_000).toBeLessThan(180_000);
});

it('what a query has scanned until it was stopped is counted', async () => {
  const world = createLogsWorld({ bytesASecond: 1e9, looks: 9 });
  let scanned = 3e9;
  const { results, stopQuery } = world.ports.logs;
  world.ports.logs.stopQuery = async (id, signal) => {
    scanned = 7e9;
    await stopQuery(id, signal);
  };
  world.ports.logs.results = async (id, token, signal) => {
    const answer = await results(id, token, signal);
    return { ...answer, statistics: { ...answer.statistics, bytesScanned: scanned } };
  };
  const outcome = await runIn(world, wishFor(10, { untilMs: world.clock.now() + 5_000 }));
  expect([outcome.partial?.code, outcome.statistics.bytesScanned]).toEqual(['out-of-time', 7e9]);
});
