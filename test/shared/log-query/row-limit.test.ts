import { describe, expect, it } from 'vitest';
import { createLogsWorld } from './logs-world.ts';
import { counts, evenly, runIn, wishFor } from './run-wish.ts';

const top = 'stats count(*) as n by who | sort n desc | limit 3';

describe('a result at its limit', () => {
  it('is the whole answer when the limit is part of the question', async () => {
    const world = createLogsWorld({ events: evenly(20, 10) });
    const { rows, partial } = await runIn(world, wishFor(20, { query: { text: top, mergeable: false } }));
    expect([rows.length, partial]).toEqual([3, undefined]);
    expect(world.started).toEqual([expect.objectContaining({ text: top, limit: 3 })]);
  });

  it('is marked when the range may not be split', async () => {
    const world = createLogsWorld({ events: evenly(20, 10) });
    const query = { text: 'stats pct(code, 99) as p99 by id | limit 100000', mergeable: false };
    const { rows, partial } = await runIn(world, wishFor(20, { query, rowsAtOnce: 50 }));
    expect(world.started).toHaveLength(1);
    expect(rows).toHaveLength(50);
    expect(partial).toEqual({
      code: 'row-limit',
      text: 'only 50 rows were given for 2026-11-21T12:00:00Z to 2026-11-21T12:00:19Z, and there may be more, and the range of this query cannot be split',
    });
  });

  it.each([
    ['a limit before the end', 'fields @timestamp | limit 60 | display @timestamp'],
    ['a dedup', 'fields @timestamp, who | dedup who, @timestamp'],
    ['a sort by what is no column', 'fields @timestamp | sort strlen(who) desc | limit 100000'],
  ])('is not split past %s, which cannot be done over again', async (_, text) => {
    const world = createLogsWorld({ events: evenly(20, 10) });
    world.ports.logs.startQuery = async (asked) => {
      world.started.push({ ...asked, text: 'fields @timestamp' });
      return { queryId: 'query-0' };
    };
    const { partial } = await runIn(world, wishFor(20, { query: { text, mergeable: true }, rowsAtOnce: 50 }));
    expect([world.started.length, partial?.code]).toEqual([1, 'row-limit']);
  });

  it('is marked for a second that is too full, and the rest is read', async () => {
    const full = evenly(1, 30);
    const after = evenly(8, 2).filter(({ atMs }) => atMs >= (full.at(-1)?.atMs ?? 0));
    const world = createLogsWorld({ events: [...full, ...after] });
    const { rows, partial } = await runIn(world, wishFor(8, { rowsAtOnce: 20 }));
    expect(rows).toHaveLength(20 + 14);
    expect(partial).toEqual({
      code: 'row-limit',
      text: 'only 20 rows were given for 2026-11-21T12:00:00Z, and there may be more',
    });
  });

  it('is split into as many parts as the events need, all before the first of them is split again', async () => {
    const world = createLogsWorld({ events: evenly(60, 10) });
    const { rows } = await runIn(world, wishFor(60, { rowsAtOnce: 100 }));
    expect(rows).toHaveLength(600);
    const lengths = world.started.map(({ range }) => range.endSeconds - range.startSeconds + 1);
    expect(lengths[0]).toBe(60);
    expect(lengths.slice(1).every((length) => length === 6 || length === 7)).toBe(true);
    expect(world.started).toHaveLength(1 + 9);
  });

  it('is split in two when the rows are groups, of which every part may have all', async () => {
    const world = createLogsWorld({ events: evenly(4, 20) });
    const text = counts.text.replace('by who', 'by id, who');
    const { rows, partial } = await runIn(world, wishFor(4, { query: { ...counts, text }, rowsAtOnce: 45 }));
    expect([rows.length, partial, world.started.length]).toEqual([80, undefined, 3]);
  });

  it('is split where the service gives fewer rows than it was asked for', async () => {
    const world = createLogsWorld({ events: evenly(20, 10), cutAt: 120 });
    const { rows, partial } = await runIn(world, wishFor(20));
    expect([rows.length, partial]).toEqual([200, undefined]);
  });

  it('ends the run when there are more rows than it may keep', async () => {
    const world = createLogsWorld({ events: evenly(64, 10) });
    const { rows, partial } = await runIn(world, wishFor(64, { rowsAtOnce: 50, maxRows: 200 }));
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(rows.length).toBeLessThan(640);
    expect(partial?.code).toBe('row-limit');
    expect(partial?.text).toMatch(
      /^2\d\d rows were read, which is as many as a run keeps; not read: 2026-11-21T12:00:/,
    );
    expect(world.running.size).toBe(0);
  });
});
