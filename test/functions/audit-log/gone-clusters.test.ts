import { describe, expect, it } from 'vitest';
import { createLogWorld, deletion, hourMs } from './log-world.ts';

describe('a cluster that was deleted', () => {
  it('is looked at until its log has nothing more, and then forgotten', async () => {
    const world = createLogWorld(['a', 'gone']);
    await world.run();
    world.happens(deletion('shop'), 'gone');
    world.logTypes.delete('gone');
    await world.clock.advance(hourMs);
    await world.run();
    expect(world.news()).toEqual([['namespaces/shop']]);
    expect(world.report()?.counts.UNKNOWN).toBe(0);
    await world.clock.advance(hourMs);
    await world.run();
    expect(Object.keys(world.windows())).toEqual(['a/Q20', 'a/Q28']);
    expect(world.report()?.results.map(({ resource }) => resource)).toContain('namespaces/shop');
    expect(world.told.flatMap(({ changes }) => changes.resolved)).toEqual([]);
  });

  it.each([
    ['with its log group', undefined],
    ['and whose log group cannot be asked', { class: 'INFREQUENT_ACCESS' as const, storedBytes: 1, createdAt: 0 }],
  ])('is nothing any more when it is gone %s', async (_, group) => {
    const world = createLogWorld(['a', 'gone']);
    await world.run();
    world.logTypes.delete('gone');
    world.ports.logs = { ...world.ports.logs, findGroup: async (name) => group && { name, ...group } };
    await world.run();
    expect(world.report()?.results.map(({ cluster, status }) => [cluster, status])).toEqual(
      Array(2).fill(['a', 'UNKNOWN']),
    );
    expect(Object.keys(world.windows())).toEqual(['a/Q20', 'a/Q28']);
  });

  it('is not looked at anew by a query that has seen its end while another has not', async () => {
    const world = createLogWorld(['a', 'gone'], ['destructive-deletes', 'eviction-refused']);
    await world.run();
    await world.clock.advance(hourMs);
    world.happens(deletion('shop'), 'gone', hourMs / 2);
    world.logTypes.delete('gone');
    await world.run();
    await world.clock.advance(5 * 60_000);
    await world.run();
    expect(Object.keys(world.windows()).filter((key) => key.startsWith('gone'))).toEqual(['gone/Q06']);
    for (const _ of ['Q06 looks back over 30 minutes', 'and then at nothing']) {
      await world.clock.advance(hourMs);
      await world.run();
    }
    expect(Object.keys(world.windows())).toEqual(['a/Q06', 'a/Q28']);
    expect(world.insights.queries.size).toBe(4 + 4 + 4 + 3 + 3);
    expect(world.news()).toEqual([['namespaces/shop']]);
  });
});
